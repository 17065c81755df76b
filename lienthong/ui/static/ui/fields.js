// Days and money are tidied when the box is left: 22012014 and 22.1.2014 become 22/01/2014, 1200000 becomes 1.200.000.
// A select with data-autosubmit sends its form.
const pad = (text) => text.padStart(2, "0");

function tidyDay(box) {
  const found = box.value.trim().match(/^(\d{1,2})[/.\- ](\d{1,2})[/.\- ](\d{4})$/) ?? box.value.trim().match(/^(\d{2})(\d{2})(\d{4})$/);
  if (found) box.value = `${pad(found[1])}/${pad(found[2])}/${found[3]}`;
}

// 1200000 becomes 1.200.000; 50 triệu becomes 50.000.000, 1,5 tỷ becomes 1.500.000.000. What is not plain stays as typed.
const WORDS = { ty: 9, ti: 9, trieu: 6, tr: 6, nghin: 3, ngan: 3, k: 3 };

function tidyDong(box) {
  const said = box.value.normalize("NFD").replace(/[\u0300-\u036f]/g, "").replace(/đ/gi, "d").toLowerCase().trim().replace(/\s*(dong|vnd|d)\.?$/, "");
  const found = said.match(/^(\d{1,3}(?:[. ]\d{3})+|\d{1,15})(?:,(\d{1,9}))?\s*(ty|ti|trieu|tr|nghin|ngan|k)?$/);
  const zeros = found ? WORDS[found[3]] ?? 0 : 0;
  if (!found || (found[2]?.length ?? 0) > zeros) return;
  const digits = (found[1].replace(/[. ]/g, "") + (found[2] ?? "").padEnd(zeros, "0")).replace(/^0+(?=\d)/, "");
  box.value = digits.replace(/\B(?=(\d{3})+$)/g, ".");
}

document.addEventListener("focusout", (event) => {
  if (event.target.matches?.("[data-day]")) tidyDay(event.target);
  if (event.target.matches?.("[data-dong]")) tidyDong(event.target);
});

// select[data-fill]: the chosen option's data-fill-NAME fill the fields of those names (check boxes: the values, by spaces).
// What was typed by hand in a text stays, with the words after it; what another choice filled goes.
const named = (form, name) => [...form.elements].filter((one) => one.name === name || one.name.endsWith(`-${name}`));
const fills = (option) => Object.entries(option?.dataset ?? {}).filter(([key]) => key.startsWith("fill")).map(([key, value]) => [key.replace(/^fill/, "").toLowerCase(), value]);

let filling = false;

function fill(select) {
  const all = new Set([...select.options].flatMap((one) => fills(one).map(([name]) => name)));
  const given = Object.fromEntries(fills(select.selectedOptions[0]));
  filling = true;
  for (const name of all) fillOne(named(select.form, name), given[name] ?? "");
  filling = false;
}

function fillOne(boxes, value) {
  const [box] = boxes;
  if (!box) return;
  if (box.type === "checkbox") {
    const row = box.name;
    for (const one of boxes.filter((each) => each.name === row)) {
      const wanted = value.split(" ").includes(one.value);
      if (wanted || one.dataset.filled) one.checked = wanted;
      if (wanted) { one.dataset.filled = "yes"; one.closest("details")?.setAttribute("open", ""); } else delete one.dataset.filled;
    }
    return;
  }
  const untouched = box.dataset.filled !== undefined && box.value === box.dataset.filled;
  if (!value && !untouched) return;
  box.value = box.matches("textarea") && box.value.trim() && !untouched && value ? `${box.value.trimEnd()}\n${value}` : value;
  box.dataset.filled = box.value;
  box.dispatchEvent(new Event("change", { bubbles: true }));
}

// Whoever is chosen instead of the one that a prepared instruction names is named in it, while nobody has changed its words.
const nameOf = (select) => (select.selectedOptions[0]?.value ? select.selectedOptions[0].text.split(" · ")[0].trim() : "");

function rename(select) {
  const words = select.form && named(select.form, "instruction")[0];
  const [before, after] = [select.dataset.named, nameOf(select)];
  if (after) select.dataset.named = after;
  if (filling || !before || !after || before === after || !words || words.dataset.filled === undefined || words.value !== words.dataset.filled) return;
  words.value = words.dataset.filled = words.value.replaceAll(before, after);
}

// form[data-enter-next]: Enter goes to the next box, so that a form is filled without the mouse; on the last, to the button.
// A textarea[data-enter=next] is left by Enter too; Shift+Enter breaks its line.
document.addEventListener("keydown", (event) => {
  const form = event.target.form;
  if (event.key !== "Enter" || event.ctrlKey || event.shiftKey || event.isComposing || event.defaultPrevented || !form || !("enterNext" in form.dataset)) return;
  if (!event.target.matches("input:not([type=checkbox]):not([type=radio]):not([type=file]), select, textarea[data-enter=next]")) return;
  if (event.target.getAttribute("aria-expanded") === "true") return; // Enter chooses from the open list first (combobox.js)
  event.preventDefault();
  const boxes = [...form.elements].filter((one) => one.type !== "hidden" && one.type !== "file" && !one.disabled && one.checkVisibility() && (one.matches("input, select, textarea") || one.type === "submit"));
  boxes[boxes.indexOf(event.target) + 1]?.focus();
});

document.addEventListener("click", (event) => { if (event.target.closest("[data-print]")) print(); });

document.addEventListener("change", (event) => {
  if (event.target.matches?.("select[data-fill]")) fill(event.target);
  if (event.target.matches?.("select[name=lead], select[name$='-lead']")) rename(event.target);
  if (event.target.matches?.("[data-autosubmit], form[data-autosubmit] *")) event.target.form?.requestSubmit();
});

// Ô đã sửa theo tay người không còn là đề xuất: the thin mark goes once a person has changed the value.
document.addEventListener("input", (event) => event.target.closest?.(".lt-proposed")?.classList.remove("lt-proposed"));
