// form[data-filling]: a draft on slow and broken links. ui/autosave.js sends what is typed; this keeps a copy in the tab
// until it was saved, sends again when the link is back, offers what was not saved after the page was loaded anew, and
// puts beside each box what the server found wrong in it.
const RETRY = 15000;
const form = document.querySelector("form[data-filling]");
const place = form && `filling:${form.dataset.filling}`;
let latest = {};
const mark = () => form.querySelector("[data-saved]");
const isTyped = (one) => one.name && !["csrfmiddlewaretoken", "writer", "seen"].includes(one.name) && one.type !== "file" && one.type !== "submit";
const touch = () => form.querySelector("[name=writer]").dispatchEvent(new Event("input", { bubbles: true }));

function entries() {
  return [...form.elements].filter(isTyped).map((one) => [one.name, one.value, one.type === "checkbox" || one.type === "radio" ? one.checked : null]);
}

function keep() {
  try { sessionStorage.setItem(place, JSON.stringify(entries())); } catch { /* no room: the page itself still has it */ }
}

function kept() {
  try { return JSON.parse(sessionStorage.getItem(place)); } catch { return null; }
}

function forget() {
  try { sessionStorage.removeItem(place); } catch { /* nothing was kept */ }
}

function putBack(list) {
  for (const [name, value, checked] of list) {
    const box = [...form.elements].find((one) => one.name === name && (checked === null || one.value === value));
    if (!box) continue;
    if (checked === null) box.value = value; else box.checked = checked;
  }
  touch();
}

function differs(list) {
  return JSON.stringify(list) !== JSON.stringify(entries());
}

function offer(list) {
  const box = Object.assign(document.createElement("div"), { className: "lt-notice" });
  box.dataset.tone = "soon";
  box.setAttribute("role", "status");
  const words = Object.assign(document.createElement("div"), { className: "lt-notice-text", textContent: "Lần trước còn nội dung chưa kịp lưu vì mất mạng. " });
  const yes = Object.assign(document.createElement("button"), { type: "button", className: "btn", textContent: "Điền lại" });
  const no = Object.assign(document.createElement("button"), { type: "button", className: "btn", textContent: "Bỏ qua" });
  yes.addEventListener("click", () => { putBack(list); box.remove(); });
  no.addEventListener("click", () => { forget(); box.remove(); });
  words.append(yes, " ", no);
  box.append(words);
  form.before(box);
}

function boxOf(path) {
  return form.querySelector(`#f-${CSS.escape(path.replaceAll(".", "-"))}`);
}

function tell(box, words) {
  const id = `${box.id}_error`;
  const at = box.closest(".lt-field") ?? box;
  const old = document.getElementById(id);
  if (old?.textContent.trim() === words) return;
  old?.remove();
  const control = box.matches("input, select, textarea") ? box : box.querySelector("input, select, textarea");
  if (!words) { at.classList.remove("has-error"); control?.removeAttribute("aria-invalid"); return; }
  const line = Object.assign(document.createElement("p"), { className: "lt-error", id, textContent: words });
  line.dataset.typed = "";
  line.setAttribute("role", "alert");
  at.append(line);
  at.classList.add("has-error");
  control?.setAttribute("aria-invalid", "true");
  control?.setAttribute("aria-describedby", id);
}

function tellAll(problems) {
  for (const line of form.querySelectorAll("[data-typed]")) {
    const box = document.getElementById(line.id.replace(/_error$/, ""));
    const path = Object.keys(problems).find((one) => boxOf(one) === box);
    if (box && !path) tell(box, "");
  }
  for (const [path, words] of Object.entries(problems)) {
    const box = boxOf(path);
    if (box && !box.contains(document.activeElement)) tell(box, words);
  }
}

if (form) {
  const list = kept();
  if (list && differs(list)) offer(list); else forget();
  form.addEventListener("input", keep);
  form.addEventListener("picked", () => { keep(); touch(); });
  form.addEventListener("autosaved", async (event) => {
    forget();
    latest = (await event.detail.clone().json()).problems ?? {};
    tellAll(latest);
  });
  form.addEventListener("focusout", () => setTimeout(() => tellAll(latest)));
  form.addEventListener("submit", () => { if (navigator.onLine) forget(); });
  const again = () => { if (mark()?.dataset.state === "failed" && kept()) touch(); };
  addEventListener("online", again);
  setInterval(again, RETRY);
  addEventListener("beforeunload", (event) => { if (mark()?.dataset.state === "failed" && !form.dataset.sent) event.preventDefault(); });
}
