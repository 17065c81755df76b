// Requests: the CSRF token on each of htmx's, one submit at a time, a plain sentence when one fails (what was typed
// stays), a thin bar when the answer is slow, the focus kept where it was.
const SLOW = 300;
const waiting = new Set();
let bar = null;

export function say(text, tone = "late") {
  const box = document.getElementById("messages");
  const notice = Object.assign(document.createElement("div"), { className: "lt-notice" });
  notice.dataset.tone = tone;
  notice.setAttribute("role", tone === "late" ? "alert" : "status");
  notice.append(Object.assign(document.createElement("div"), { className: "lt-notice-text", textContent: text }));
  box?.replaceChildren(notice);
  notice.scrollIntoView({ block: "nearest" });
}

export function sentence(status) {
  if (!status) return "Không tới được máy chủ. Nội dung đã nhập vẫn còn ở đây: hãy kiểm tra đường mạng rồi gửi lại.";
  if (status === 403) return "Phiên làm việc đã hết hoặc không có quyền làm việc này. Hãy tải lại trang, đăng nhập rồi gửi lại.";
  if (status === 404) return "Mục này không còn hoặc không thuộc quyền xem. Hãy tải lại danh sách.";
  if (status === 409) return "Nội dung đã có người khác thay đổi. Hãy tải lại trang để xem bản mới rồi làm tiếp.";
  if (status === 413) return "Tệp quá lớn nên máy chủ không nhận. Hãy giảm dung lượng hoặc chia nhỏ rồi gửi lại.";
  return `Máy chủ chưa xử lý được (mã ${status}). Chưa có gì được lưu; hãy thử lại, nếu vẫn vậy thì báo quản trị.`;
}

function busy(key, on) {
  if (on) waiting.add(key); else waiting.delete(key);
  if (waiting.size && !bar) bar = setTimeout(() => { document.body.append(Object.assign(document.createElement("div"), { className: "lt-busy-bar", id: "busy-bar" })); }, SLOW);
  if (!waiting.size) { clearTimeout(bar); bar = null; document.getElementById("busy-bar")?.remove(); }
}

document.addEventListener("htmx:configRequest", (event) => { event.detail.headers["X-CSRFToken"] = document.body.dataset.csrf; });
// What asks again by itself waits while rows are marked or a menu is open in it.
document.addEventListener("htmx:confirm", (event) => {
  if (event.target.matches?.("[data-poll]") && event.target.querySelector("[data-mark]:checked, details[open]")) event.preventDefault();
});
document.addEventListener("htmx:beforeRequest", (event) => busy(event.detail.xhr, true));
document.addEventListener("htmx:afterRequest", (event) => busy(event.detail.xhr, false));
document.addEventListener("htmx:sendError", () => say(sentence(0)));
document.addEventListener("htmx:timeout", () => say(sentence(0)));
document.addEventListener("htmx:responseError", (event) => {
  const answer = new DOMParser().parseFromString(event.detail.xhr.responseText, "text/html").querySelector("[data-refusal]");
  say(answer?.textContent.trim() || sentence(event.detail.xhr.status));
});
document.addEventListener("htmx:afterSwap", (event) => {
  const wrong = event.detail.target.querySelector?.("[aria-invalid=true]");
  if (wrong) wrong.focus();
});

// One submit at a time: the button is busy until the page changes; going back in history frees it.
document.addEventListener("submit", (event) => {
  const form = event.target;
  if (event.defaultPrevented || form.method !== "post" || form.matches("[hx-post], [data-autosubmit]")) return;
  if (form.dataset.sent) { event.preventDefault(); return; }
  form.dataset.sent = "yes";
  busy(form, true);
  event.submitter?.setAttribute("aria-busy", "true");
});
addEventListener("pageshow", (event) => {
  if (!event.persisted) return;
  for (const form of document.querySelectorAll("form[data-sent]")) { delete form.dataset.sent; busy(form, false); form.querySelector("[aria-busy]")?.removeAttribute("aria-busy"); }
});

// A page that comes back with errors puts the focus on the first of them.
document.querySelector("main [aria-invalid=true]")?.focus();
