// A long select becomes a box that finds as one types: select[data-picker]. Accents need not be typed. The select stays the
// field: it keeps its name and value, is what the server reads, and is what stands there where this script does not run.
const MOST = 60;
const ROOM = 280; // pixels that the list wants below the box, clear of the sticky foot and the phone's bar
const fold = (text) => text.normalize("NFD").replace(/[\u0300-\u036f]/g, "").replace(/đ/gi, "d").toLowerCase().trim();
const label = (option) => option?.value ? option.textContent.trim() : "";
let made = 0;

function enhance(select) {
  if (select.dataset.picker === "on" || select.multiple || !select.options.length) return;
  select.dataset.picker = "on";
  const id = select.id || `picker_${made += 1}`;
  const box = Object.assign(document.createElement("div"), { className: "lt-combobox" });
  const input = Object.assign(document.createElement("input"), { type: "text", id, className: select.className.replace("form-select", "form-control"), autocomplete: "off", placeholder: label(select.options[0]) ? "Gõ để tìm…" : select.options[0].textContent.trim() || "Gõ để tìm…" });
  const list = Object.assign(document.createElement("ul"), { id: `${id}_list`, className: "lt-combobox-list", hidden: true });
  const chosen = Object.assign(document.createElement("input"), { type: "hidden" });
  for (const [name, value] of Object.entries({ role: "combobox", "aria-expanded": "false", "aria-autocomplete": "list", "aria-controls": list.id })) input.setAttribute(name, value);
  for (const name of ["aria-describedby", "aria-invalid", "autofocus"]) if (select.hasAttribute(name)) input.setAttribute(name, select.getAttribute(name));
  list.setAttribute("role", "listbox");
  list.setAttribute("aria-label", select.labels?.[0]?.textContent.trim() ?? "");
  box.dataset.combobox = "";
  box.lookup = (asked) => found(select, asked);
  select.id = `${id}_select`;
  select.hidden = true;
  select.before(box);
  box.append(chosen, input, list);
  show(select, input);
  select.addEventListener("change", () => show(select, input));
  box.addEventListener("picked", (event) => { select.value = event.detail.value; select.dispatchEvent(new Event("change", { bubbles: true })); });
  input.addEventListener("click", () => { input.select(); input.dispatchEvent(new KeyboardEvent("keydown", { key: "ArrowDown", bubbles: true, cancelable: true })); });
  input.addEventListener("focus", () => setTimeout(() => { if (innerHeight - input.getBoundingClientRect().bottom < ROOM) input.scrollIntoView({ block: "center" }); }, 50));
  input.addEventListener("blur", () => leave(select, input));
}

function show(select, input) { input.value = label(select.selectedOptions[0]); }

// What was typed and not chosen is no choice: an emptied box empties the field, anything else goes back to what is chosen.
function leave(select, input) {
  if (!input.value.trim() && [...select.options].some((option) => !option.value) && select.value) {
    select.value = "";
    select.dispatchEvent(new Event("change", { bubbles: true }));
  }
  show(select, input);
}

function found(select, asked) {
  const words = asked === label(select.selectedOptions[0]) ? [] : fold(asked).split(/\s+/).filter(Boolean);
  const hits = [];
  for (const option of select.options) {
    const group = option.parentElement.label ?? "";
    const text = fold(`${option.textContent} ${group}`);
    if (option.value && words.every((word) => text.includes(word))) hits.push({ value: option.value, label: label(option), note: group });
    if (hits.length === MOST) break;
  }
  return hits;
}

const enhanceAll = (root) => { for (const select of root.querySelectorAll?.("select[data-picker]") ?? []) enhance(select); };
enhanceAll(document);
document.addEventListener("htmx:load", (event) => enhanceAll(event.detail.elt));
