// form[data-autosave=address]: what is typed is sent a second after the last key; the mark says when it was saved, or
// that it was not. The address answers 204 (or any 2xx) to the form's fields; "autosaved" carries what it answered. Who
// is no longer signed in is sent to sign in (HX-Redirect, a 2xx): nothing was saved then. The button of the form keeps
// what was typed (kept.js), so that is what one is told to press, never to load the page again.
import { sentence } from "./requests.js";

const PAUSE = 1000;
const timers = new WeakMap();
const time = new Intl.DateTimeFormat("vi-VN", { hour: "2-digit", minute: "2-digit", hour12: false, timeZone: "Asia/Ho_Chi_Minh" });

function mark(form, state, words) {
  for (const place of form.querySelectorAll("[data-saved]")) { place.dataset.state = state; place.textContent = words; }
}

async function save(form) {
  mark(form, "saving", "Đang lưu…");
  try {
    const answer = await fetch(form.dataset.autosave, { method: "POST", body: new FormData(form), headers: { "HX-Request": "true" } });
    if (!answer.ok || answer.headers.has("HX-Redirect") || answer.redirected) throw Object.assign(new Error(), { answer });
    form.dispatchEvent(new CustomEvent("autosaved", { detail: answer }));
    mark(form, "saved", `Đã lưu lúc ${time.format(new Date())}`);
  } catch (error) {
    mark(form, "failed", `Chưa lưu. ${await reason(error.answer)}`);
  }
}

async function reason(answer) {
  if (!answer) return sentence();
  if (answer.ok || answer.status === 403) return "Phiên làm việc đã hết. Hãy bấm Lưu rồi đăng nhập lại: nội dung đã gõ được giữ.";
  const told = answer.headers.get("Content-Type")?.includes("json") ? (await answer.json()).message : "";
  return told || sentence(answer.status);
}

document.addEventListener("input", (event) => {
  const form = event.target.form;
  if (!form?.dataset?.autosave) return;
  mark(form, "typing", "Chưa lưu…");
  clearTimeout(timers.get(form));
  timers.set(form, setTimeout(() => save(form), PAUSE));
});
