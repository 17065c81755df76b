// A form that was sent after the session ended leads to the page of sign-in, one without its token to a page that says so
// ([data-form-refused]): what was typed is kept in this tab and put back on the same page for the same person. Nothing is
// kept of passwords, files, hidden fields or what was accepted.
const KEY = "kept-form";
const who = document.body.dataset.person ?? "";
const boxes = (form) => [...form.elements].filter((one) => one.name && one.matches("input:not([type=hidden], [type=password], [type=file], [type=submit]), select, textarea"));

function keep(form) {
  if (!boxes(form).length) return; // a mere button
  const typed = boxes(form).map((one) => [one.name, one.value, one.type === "checkbox" || one.type === "radio" ? one.checked : null]);
  const place = [...document.querySelectorAll("main form")].indexOf(form);
  try { sessionStorage.setItem(KEY, JSON.stringify({ who, path: location.pathname, place, typed })); } catch { /* no room, or not allowed: nothing is kept */ }
}

function putBack(kept) {
  const form = document.querySelectorAll("main form")[kept.place];
  if (!form) return;
  for (const [name, value, checked] of kept.typed) {
    const box = boxes(form).find((one) => one.name === name && (checked === null || one.value === value));
    if (!box) continue;
    if (checked === null) box.value = value; else box.checked = checked;
  }
  const note = Object.assign(document.createElement("div"), { className: "lt-notice" });
  note.dataset.tone = "soon";
  note.setAttribute("role", "status");
  note.append(Object.assign(document.createElement("div"), { className: "lt-notice-text", textContent: "Phiên làm việc đã hết hoặc biểu mẫu mở quá lâu nên lần gửi trước chưa được lưu. Nội dung đã nhập được điền lại: hãy xem lại, đính kèm lại tệp nếu có, rồi gửi." }));
  document.getElementById("messages")?.append(note);
}

document.addEventListener("submit", (event) => {
  const form = event.target;
  if (who && !event.defaultPrevented && form.method === "post" && !form.matches("[hx-post]") && form.closest("main")) keep(form);
});

const read = () => { try { return JSON.parse(sessionStorage.getItem(KEY)); } catch { return null; /* as if nothing were kept */ } };
const cameBySignIn = () => /^\/accounts\/(login|2fa\/authenticate|reauthenticate)\//.test(new URL(document.referrer || location.href).pathname);

if (document.querySelector("[data-form-refused]")) {
  const kept = read();
  if (kept) sessionStorage.setItem(KEY, JSON.stringify({ ...kept, refused: true }));
} else if (who) { // the page of sign-in names nobody and leaves what is kept where it is
  const kept = read();
  try { sessionStorage.removeItem(KEY); } catch { /* not allowed: nothing was kept */ }
  if (kept && kept.who === who && kept.path === location.pathname && (kept.refused || cameBySignIn())) putBack(kept);
}
