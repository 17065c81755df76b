// Everything the pages do beyond links and forms; each module binds itself by data- attributes.
import "./menus.js";
