// [data-redraw]: a part of a form that the server draws anew while people fill it in. What was typed after the drawing was
// asked for is put back into it, so that nothing is lost on a slow link; while a file is on its way it is not drawn.
const asked = new WeakMap();
let typed = new Map();

const isTyped = (control) => control.type !== "file" && (control.type !== "hidden" || control.closest(".lt-combobox"));
const key = (control) => control.id || `name:${control.name}`;
const state = (control) => (control.type === "checkbox" || control.type === "radio" ? control.checked : control.value);

function states(part) {
  const controls = [...part.querySelectorAll("input, select, textarea")].filter((control) => control.name || control.id);
  return new Map(controls.filter(isTyped).map((control) => [key(control), state(control)]));
}

function put(part, name, value) {
  const named = name.startsWith("name:") ? `[name="${CSS.escape(name.slice(5))}"]` : `#${CSS.escape(name)}`;
  const control = part.querySelector(named);
  if (!control) return;
  if (control.type === "checkbox" || control.type === "radio") control.checked = value;
  else control.value = value;
}

document.addEventListener("htmx:beforeRequest", (event) => {
  const part = event.detail.target;
  if (!part?.matches?.("[data-redraw]")) return;
  if (part.querySelector("progress, [data-uploading]")) event.preventDefault();
  else asked.set(event.detail.xhr, states(part));
});

document.addEventListener("htmx:beforeSwap", (event) => {
  const before = asked.get(event.detail.xhr);
  if (!before) return;
  const now = states(event.detail.target);
  typed = new Map([...now].filter(([name, value]) => before.get(name) !== value));
});

document.addEventListener("htmx:afterSettle", (event) => {
  if (!asked.has(event.detail.xhr)) return;
  const part = document.querySelector("[data-redraw]");
  for (const [name, value] of typed) put(part, name, value);
  typed = new Map();
});
