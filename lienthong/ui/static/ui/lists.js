// Work lists and tables: j and k walk, Enter opens, x marks, p shows the side preview; marked rows show their bar.
import { isTyping } from "./keys.js";

const rowsOf = (list) => [...list.querySelectorAll("[data-row], tbody > tr:has([data-open])")];
const wide = matchMedia("(min-width: 1280px)");
let wanted = "";

function list() {
  return document.activeElement?.closest("[data-list]") ?? document.querySelector("main [data-list]");
}

function walk(by) {
  const here = list();
  if (!here) return;
  const rows = rowsOf(here);
  const at = rows.findIndex((row) => row.classList.contains("is-here") || row.contains(document.activeElement));
  const next = rows[Math.min(Math.max(at + by, 0), rows.length - 1)];
  next?.querySelector("[data-open]")?.focus();
}

function stand(row) {
  for (const other of rowsOf(row.closest("[data-list]"))) other.classList.toggle("is-here", other === row);
  row.scrollIntoView({ block: "nearest" });
  preview(row);
}

// The side preview: shown or not is remembered; while it is shown it follows the row on which one stands.
function previews() {
  return wide.matches && document.documentElement.dataset.preview === "open" && document.querySelector("[data-preview-pane]") !== null;
}

function preview(row) {
  const address = row.dataset.preview;
  if (!address || !previews() || wanted === address) return;
  wanted = address;
  setTimeout(() => {
    const body = document.querySelector("[data-preview-body]");
    if (wanted === address && body) window.htmx?.ajax("GET", address, { target: body, swap: "innerHTML", source: body });
  }, 120);
}

function togglePreview(open = document.documentElement.dataset.preview !== "open") {
  if (!document.querySelector("[data-preview-pane]") || !wide.matches) return;
  if (open) document.documentElement.dataset.preview = "open"; else delete document.documentElement.dataset.preview;
  document.cookie = `preview=${open ? "open" : "closed"}; path=/; max-age=31536000; samesite=lax`;
  for (const button of document.querySelectorAll("[data-preview-toggle][aria-pressed]")) button.setAttribute("aria-pressed", String(open));
  const inside = document.activeElement?.closest("[data-preview-pane]");
  const row = document.querySelector(".is-here[data-preview]") ?? document.querySelector("[data-row][data-preview]");
  if (open && row) { wanted = ""; if (!row.classList.contains("is-here")) row.querySelector("[data-open]")?.focus(); preview(row); }
  if (!open && inside) row?.querySelector("[data-open]")?.focus();
}

document.addEventListener("htmx:responseError", () => { wanted = ""; });
document.addEventListener("htmx:sendError", () => { wanted = ""; });

function count(form) {
  const marks = [...form.querySelectorAll("[data-mark]")];
  const marked = marks.filter((mark) => mark.checked);
  for (const mark of marks) mark.closest("[data-row], tr").classList.toggle("is-marked", mark.checked);
  const bar = form.querySelector("[data-bulk-bar]");
  if (!bar) return;
  bar.hidden = marked.length === 0;
  for (const number of document.querySelectorAll("[data-bulk-count]")) number.textContent = marked.length;
}

document.addEventListener("keydown", (event) => {
  if (event.ctrlKey || event.metaKey || event.altKey || isTyping(event.target) || document.querySelector("dialog[open]")) return;
  const inside = event.target.closest?.("[data-list]");
  if (event.key === "j" || (event.key === "ArrowDown" && inside)) { event.preventDefault(); walk(1); }
  else if (event.key === "k" || (event.key === "ArrowUp" && inside)) { event.preventDefault(); walk(-1); }
  else if (event.key === "p") togglePreview();
  else if (event.key === "Escape" && previews() && !document.querySelector("details[data-menu][open]")) togglePreview(false);
  else if (event.key === "x") {
    const mark = document.querySelector(".is-here [data-mark]");
    if (mark) { mark.checked = !mark.checked; mark.dispatchEvent(new Event("change", { bubbles: true })); }
  }
});

document.addEventListener("focusin", (event) => {
  const row = event.target.closest("[data-list] [data-row], [data-list] tbody > tr");
  if (row) stand(row);
});

document.addEventListener("change", (event) => {
  if (event.target.matches("[data-mark-all]")) {
    for (const mark of event.target.form?.querySelectorAll("[data-mark]") ?? []) mark.checked = event.target.checked;
  }
  if (event.target.matches("[data-mark], [data-mark-all]") && event.target.form) count(event.target.form);
});

document.addEventListener("click", (event) => {
  if (event.target.closest("[data-preview-toggle]")) { togglePreview(); return; }
  const form = event.target.closest("[data-bulk-clear]")?.closest("form");
  if (form) { for (const mark of form.querySelectorAll("[data-mark]")) mark.checked = false; count(form); return; }
  // A click on the blank of a row opens it as its link would, the keys of a new tab included.
  const row = event.target.closest("[data-list] [data-row], [data-list] tbody > tr");
  if (!row || event.target.closest("a, button, input, label, summary, select") || String(getSelection())) return;
  if (previews() && row.dataset.preview) row.querySelector("[data-open]")?.focus();
  else row.querySelector("[data-open]")?.dispatchEvent(new MouseEvent("click", { bubbles: true, cancelable: true, ctrlKey: event.ctrlKey, metaKey: event.metaKey }));
});

// Parts of a page that do not fit side by side: the one that is open is in sight, also when its letters have come.
function showOpenParts() {
  for (const here of document.querySelectorAll(".lt-tabs [aria-current], .lt-filters [aria-current]")) {
    const strip = here.closest(".lt-tabs, .lt-filters");
    if (strip.scrollWidth > strip.clientWidth) strip.scrollLeft = here.offsetLeft - strip.offsetLeft - (strip.clientWidth - here.offsetWidth) / 2;
  }
}
showOpenParts();
document.fonts.ready.then(showOpenParts);
