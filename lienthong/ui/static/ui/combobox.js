// Search as you type and choose: [data-combobox=address] answers ?q= with {"results": [{"value", "label", "note"}]}; a box
// with a `lookup` of its own answers itself (picker.js).
const PAUSE = 150;
const timers = new WeakMap();

const parts = (box) => ({ input: box.querySelector("[role=combobox]"), list: box.querySelector("[role=listbox]"), picked: box.querySelector(".lt-picked"), hidden: box.querySelector(":scope > input[type=hidden]") });

function close(box) {
  const { input, list } = parts(box);
  list.hidden = true;
  input.setAttribute("aria-expanded", "false");
  input.removeAttribute("aria-activedescendant");
}

async function fetched(box, asked) {
  const address = new URL(box.dataset.combobox, location.href);
  address.searchParams.set("q", asked);
  const answer = await fetch(address, { headers: { Accept: "application/json" } });
  return answer.ok ? (await answer.json()).results : null;
}

async function look(box) {
  const { input, list } = parts(box);
  const asked = input.value.trim();
  const results = box.lookup ? box.lookup(asked) : await fetched(box, asked);
  if (!results || input.value.trim() !== asked) return;
  list.replaceChildren(...results.map((result, at) => {
    const item = Object.assign(document.createElement("li"), { id: `${list.id}_${at}`, textContent: result.label });
    item.setAttribute("role", "option");
    item.setAttribute("aria-selected", String(at === 0));
    item.dataset.value = result.value;
    item.dataset.label = result.label;
    if (result.note) item.append(Object.assign(document.createElement("small"), { textContent: result.note }));
    return item;
  }));
  if (!results.length) list.replaceChildren(Object.assign(document.createElement("li"), { textContent: "Không tìm thấy. Hãy thử từ khác.", role: "presentation" }));
  list.hidden = false;
  input.setAttribute("aria-expanded", "true");
  point(box, list.querySelector("[role=option]"));
}

function point(box, option) {
  const { input, list } = parts(box);
  for (const other of list.querySelectorAll("[role=option]")) other.setAttribute("aria-selected", String(other === option));
  if (option) { input.setAttribute("aria-activedescendant", option.id); option.scrollIntoView({ block: "nearest" }); }
}

function pick(box, option) {
  const { input, picked, hidden } = parts(box);
  if (picked) {
    if (![...picked.querySelectorAll("input")].some((one) => one.value === option.dataset.value)) picked.append(chosen(box, option));
    input.value = "";
  } else {
    hidden.value = option.dataset.value;
    input.value = option.dataset.label;
  }
  close(box);
  box.dispatchEvent(new CustomEvent("picked", { bubbles: true, detail: { value: option.dataset.value, label: option.dataset.label } }));
}

function chosen(box, option) {
  const item = document.createElement("li");
  const value = Object.assign(document.createElement("input"), { type: "hidden", name: box.dataset.name, value: option.dataset.value });
  const button = Object.assign(document.createElement("button"), { type: "button", textContent: "×" });
  button.dataset.unpick = "";
  button.setAttribute("aria-label", `Bỏ ${option.dataset.label}`);
  item.append(Object.assign(document.createElement("span"), { textContent: option.dataset.label }), value, button);
  return item;
}

document.addEventListener("input", (event) => {
  const box = event.target.matches("[role=combobox]") ? event.target.closest("[data-combobox]") : null;
  if (!box) return;
  const { hidden } = parts(box);
  if (hidden) hidden.value = "";
  clearTimeout(timers.get(box));
  if (event.target.value.trim()) timers.set(box, setTimeout(() => look(box).catch(() => close(box)), PAUSE)); else close(box);
});

document.addEventListener("keydown", (event) => {
  const box = event.target.matches?.("[role=combobox]") ? event.target.closest("[data-combobox]") : null;
  if (!box) return;
  const { list } = parts(box);
  const options = [...list.querySelectorAll("[role=option]")];
  const at = options.findIndex((option) => option.getAttribute("aria-selected") === "true");
  if (event.key === "ArrowDown" && list.hidden) { event.preventDefault(); look(box).catch(() => close(box)); }
  else if (list.hidden) return;
  else if (event.key === "ArrowDown" || event.key === "ArrowUp") { event.preventDefault(); point(box, options[(at + (event.key === "ArrowDown" ? 1 : options.length - 1)) % options.length]); }
  else if (event.key === "Enter" && options[at]) { event.preventDefault(); pick(box, options[at]); }
  else if (event.key === "Escape") close(box);
});

document.addEventListener("mousedown", (event) => {
  const option = event.target.closest(".lt-combobox-list [role=option]");
  if (option) { event.preventDefault(); pick(option.closest("[data-combobox]"), option); }
});
document.addEventListener("click", (event) => event.target.closest("[data-unpick]")?.closest("li").remove());
document.addEventListener("focusout", (event) => { if (event.target.matches?.("[role=combobox]")) close(event.target.closest("[data-combobox]")); });
