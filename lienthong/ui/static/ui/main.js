// Everything the pages do beyond links and forms; each module binds itself by data- attributes on the document, so that
// what htmx swaps in later works too.
import "./menus.js";
import "./keys.js";
import "./lists.js";
import "./dialogs.js";
import "./requests.js";
import "./fields.js";
import "./autosave.js";
import "./combobox.js";
import "./picker.js";
import "./drop.js";
import "./charts.js";
import "./kept.js";
