// Files dropped or chosen in [data-drop]. With data-upload=address each is sent at once, with its progress; the answer's
// id stands in a hidden field (data-name), so the form sends numbers, not bytes. Without it, the list of names is shown.
import { sentence } from "./requests.js";

const size = new Intl.NumberFormat("vi-VN", { maximumFractionDigits: 1 });
const megabytes = (bytes) => `${size.format(bytes / 1048576)} MB`;

function line(box, file) {
  const item = document.createElement("li");
  const name = Object.assign(document.createElement("span"), { textContent: file.name });
  item.append(name, Object.assign(document.createElement("small"), { textContent: megabytes(file.size) }));
  box.querySelector(".lt-drop-list").append(item);
  return item;
}

function wrong(item, words) {
  item.querySelector("progress")?.remove();
  item.append(Object.assign(document.createElement("span"), { className: "is-wrong", textContent: words }));
  const again = item.querySelector("button");
  if (again) again.textContent = "Bỏ";
}

function send(box, file) {
  const item = line(box, file);
  const largest = Number(box.dataset.largest);
  if (largest && file.size > largest) return wrong(item, `Tệp lớn hơn ${megabytes(largest)}: hãy giảm dung lượng hoặc tách ra.`);
  const bar = Object.assign(document.createElement("progress"), { max: 1, value: 0 });
  bar.setAttribute("aria-label", `Đang gửi ${file.name}`);
  const stop = Object.assign(document.createElement("button"), { type: "button", className: "btn btn-sm", textContent: "Bỏ" });
  item.append(stop, bar);
  const request = new XMLHttpRequest();
  stop.addEventListener("click", () => { request.abort(); item.remove(); box.dispatchEvent(new CustomEvent("removed", { bubbles: true })); });
  request.upload.addEventListener("progress", (event) => { if (event.lengthComputable) bar.value = event.loaded / event.total; });
  request.addEventListener("error", () => wrong(item, sentence(0)));
  request.addEventListener("load", () => {
    let answer = {};
    try { answer = JSON.parse(request.responseText); } catch { /* not JSON: the sentence of its status is said */ }
    if (request.status >= 300 || !answer.id) return wrong(item, answer.message ?? answer.error ?? sentence(request.status));
    bar.remove();
    item.append(Object.assign(document.createElement("input"), { type: "hidden", name: box.dataset.name, value: answer.id }));
    item.classList.add("is-done");
    const twin = answer.duplicate_of;
    if (twin) item.append(Object.assign(document.createElement("small"), { textContent: `Trùng nội dung với “${twin.name}” đã có.` }));
    box.dispatchEvent(new CustomEvent("uploaded", { bubbles: true, detail: answer }));
  });
  const body = new FormData();
  body.append("file", file, file.name);
  request.open("POST", box.dataset.upload);
  request.setRequestHeader("X-CSRFToken", document.body.dataset.csrf);
  request.setRequestHeader("Accept", "application/json");
  request.send(body);
}

function take(box, files) {
  if (!box.dataset.upload) box.querySelector(".lt-drop-list").replaceChildren();
  for (const file of files) if (box.dataset.upload) send(box, file); else line(box, file);
}

for (const kind of ["dragover", "dragleave", "drop"]) {
  document.addEventListener(kind, (event) => {
    const box = event.target.closest?.("[data-drop]");
    if (kind !== "dragleave") event.preventDefault(); // a file dropped beside the box must not replace the page
    if (!box) return;
    box.classList.toggle("is-over", kind === "dragover");
    if (kind !== "drop" || !event.dataTransfer.files.length) return;
    const input = box.querySelector("input[type=file]");
    if (box.dataset.upload) take(box, event.dataTransfer.files);
    else { input.files = event.dataTransfer.files; take(box, input.files); }
  });
}

document.addEventListener("change", (event) => {
  const box = event.target.matches?.("[data-drop] input[type=file]") ? event.target.closest("[data-drop]") : null;
  if (!box) return;
  take(box, event.target.files);
  if (box.dataset.upload) event.target.value = "";
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
