// Files dropped or chosen in [data-drop]. With data-upload=address (or data-drop-name, data-drop-into: to the house's own
// address) each is sent at once, with its progress; the answer's number is posted as data-drop-name, or stands with the
// others, commas between, in the field whose id data-drop-into names. data-drop-submit sends the form when all are there.
// Without any of these the box only lists the names of what its file input holds.
import { sentence } from "./requests.js";

const size = new Intl.NumberFormat("vi-VN", { maximumFractionDigits: 1 });
const LOST = "Mất đường truyền khi đang gửi: tệp chưa tới máy chủ.";
const named = (box) => box.dataset.dropName ?? box.dataset.name ?? "";
const uploadOf = (box) => box.dataset.upload ?? (box.dataset.dropName || box.dataset.dropInto ? document.body.dataset.upload : "");
const amount = (bytes) => (bytes < 104858 ? `${size.format(Math.ceil(bytes / 1024))} KB` : `${size.format(bytes / 1048576)} MB`);

function line(box, file) {
  const item = document.createElement("li");
  const name = Object.assign(document.createElement("span"), { textContent: file.name });
  item.append(name, Object.assign(document.createElement("small"), { textContent: amount(file.size) }));
  box.querySelector(".lt-drop-list").append(item);
  return item;
}

function wrong(item, words) {
  item.querySelector("progress")?.remove();
  item.append(Object.assign(document.createElement("span"), { className: "is-wrong", textContent: words }));
}

// The line was cut on the way: the file can be sent again without looking for it anew.
function again(box, file, item, words) {
  wrong(item, words);
  const retry = Object.assign(document.createElement("button"), { type: "button", className: "btn btn-sm", textContent: "Gửi lại" });
  retry.addEventListener("click", () => { item.remove(); send(box, file); });
  item.querySelector(".is-wrong").append(" ", retry);
}

function send(box, file) {
  const item = line(box, file);
  const largest = Number(box.dataset.largest);
  if (largest && file.size > largest) return wrong(item, `Tệp lớn hơn ${amount(largest)}: hãy giảm dung lượng hoặc tách ra.`);
  const bar = Object.assign(document.createElement("progress"), { max: 1, value: 0 });
  bar.setAttribute("aria-label", `Đang gửi ${file.name}`);
  const stop = Object.assign(document.createElement("button"), { type: "button", className: "btn btn-sm", textContent: "Bỏ" });
  item.append(stop, bar);
  const request = new XMLHttpRequest();
  stop.addEventListener("click", () => { request.abort(); item.remove(); gather(box); box.dispatchEvent(new CustomEvent("removed", { bubbles: true })); });
  request.upload.addEventListener("progress", (event) => { if (event.lengthComputable) bar.value = event.loaded / event.total; });
  request.addEventListener("error", () => again(box, file, item, LOST));
  request.addEventListener("load", () => {
    let answer = {};
    try { answer = JSON.parse(request.responseText); } catch { /* not JSON: the sentence of its status is said */ }
    if (request.status >= 500) return again(box, file, item, sentence(request.status));
    if (request.status >= 300 || !answer.id) return wrong(item, answer.message ?? answer.error ?? sentence(request.status));
    bar.remove();
    item.dataset.file = answer.id;
    if (named(box)) item.append(Object.assign(document.createElement("input"), { type: "hidden", name: named(box), value: answer.id }));
    gather(box);
    const twin = answer.duplicate_of;
    if (twin) item.append(Object.assign(document.createElement("small"), { textContent: `Trùng nội dung với “${twin.name}” đã có.` }));
    box.dispatchEvent(new CustomEvent("uploaded", { bubbles: true, detail: answer }));
  });
  const body = new FormData();
  body.append("file", file, file.name);
  request.open("POST", uploadOf(box));
  request.setRequestHeader("X-CSRFToken", document.body.dataset.csrf);
  request.setRequestHeader("Accept", "application/json");
  request.send(body);
}

function gather(box) {
  const done = [...box.querySelectorAll("[data-file]")].map((item) => item.dataset.file);
  const field = document.getElementById(box.dataset.dropInto);
  if (field) field.value = done.join(",");
  const all = box.querySelectorAll(".lt-drop-list > li").length;
  if ("dropSubmit" in box.dataset && done.length && done.length === all) box.closest("form").requestSubmit();
}

function take(box, files) {
  if (!uploadOf(box)) box.querySelector(".lt-drop-list").replaceChildren();
  for (const file of files) if (uploadOf(box)) send(box, file); else line(box, file);
}

for (const kind of ["dragover", "dragleave", "drop"]) {
  document.addEventListener(kind, (event) => {
    const box = event.target.closest?.("[data-drop]");
    if (kind !== "dragleave") event.preventDefault(); // a file dropped beside the box must not replace the page
    if (!box) return;
    box.classList.toggle("is-over", kind === "dragover");
    if (kind !== "drop" || !event.dataTransfer.files.length) return;
    const input = box.querySelector("input[type=file]");
    if (uploadOf(box)) take(box, event.dataTransfer.files);
    else { input.files = event.dataTransfer.files; take(box, input.files); }
  });
}

document.addEventListener("change", (event) => {
  const box = event.target.matches?.("[data-drop] input[type=file]") ? event.target.closest("[data-drop]") : null;
  if (!box) return;
  take(box, event.target.files);
  if (uploadOf(box)) event.target.value = "";
});

document.addEventListener("click", (event) => event.target.closest?.("[data-drop-remove]")?.closest("li").remove());

// A form whose files are still on their way waits for them.
document.addEventListener("submit", (event) => {
  const bar = event.target.querySelector("[data-drop] progress");
  if (!bar) return;
  event.preventDefault();
  event.stopPropagation();
  bar.scrollIntoView({ block: "center" });
}, true);
