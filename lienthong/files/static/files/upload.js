// Files go up as soon as they are chosen or dropped, each with its progress; the form carries their keys.
const size = (octets) =>
  octets < 1048576
    ? `${Math.max(1, Math.round(octets / 1024))} KB`
    : `${(octets / 1048576).toLocaleString("vi-VN", { maximumFractionDigits: 1 })} MB`;

function make(tag, attributes = {}, text = "") {
  const made = document.createElement(tag);
  for (const [name, value] of Object.entries(attributes)) made.setAttribute(name, value);
  made.textContent = text;
  return made;
}

function token() {
  return document.body.dataset.csrf || document.querySelector("[name=csrfmiddlewaretoken]")?.value || "";
}

function bind(uploader) {
  if (uploader.dataset.bound) return;
  uploader.dataset.bound = "yes";
  const input = uploader.querySelector("[data-uploader-input]");
  const drop = uploader.querySelector("[data-uploader-drop]");
  const list = uploader.querySelector("[data-uploader-list]");
  let underWay = 0;

  const tell = (name, detail) => uploader.dispatchEvent(new CustomEvent(name, { bubbles: true, detail }));
  const busy = (by) => {
    underWay += by;
    uploader.toggleAttribute("data-busy", underWay > 0);
  };

  function row(file) {
    const item = make("li", { class: "lt-file", "data-uploader-file": "" });
    const words = make("span", { class: "lt-file-words" });
    const name = make("span", {}, file.name);
    const note = make("small", {}, `${size(file.size)} · đang tải lên`);
    const bar = make("progress", { max: "100", value: "0", "aria-label": `Tiến độ tải ${file.name}` });
    const remove = make("button", { type: "button", class: "btn btn-sm", "data-uploader-remove": "" }, "Bỏ");
    remove.setAttribute("aria-label", `Bỏ tệp ${file.name}`);
    words.append(name, note, bar);
    item.append(make("span", { class: "lt-file-kind", "aria-hidden": "true" }, file.name.split(".").pop()), words, remove);
    list.append(item);
    return { item, words, name, note, bar, remove };
  }

  function refuse(shown, file, message) {
    shown.item.dataset.state = "refused";
    shown.note.textContent = message;
    shown.note.setAttribute("role", "alert");
    const again = make("button", { type: "button", class: "btn btn-sm" }, "Thử lại");
    again.addEventListener("click", () => {
      shown.item.remove();
      send(file);
    });
    shown.remove.before(again);
  }

  function accept(shown, answer) {
    shown.item.dataset.state = "received";
    shown.bar.remove();
    const link = make("a", { href: `${uploader.dataset.url}${answer.id}/`, target: "_blank", rel: "noopener" }, answer.name);
    shown.name.replaceWith(link);
    const pages = answer.pages ? ` · ${answer.pages} trang` : "";
    const twice = answer.duplicate_of ? ` · trùng nội dung với “${answer.duplicate_of.name}” đã có` : "";
    shown.note.textContent = `${size(answer.size)}${pages} · đã lưu${twice}`;
    shown.item.append(make("input", { type: "hidden", name: uploader.dataset.name, value: answer.id }));
    shown.item.answer = answer;
    tell("file:received", answer);
  }

  function send(file) {
    const shown = row(file);
    const largest = Number(uploader.dataset.largest);
    if (largest && file.size > largest) {
      refuse(shown, file, `Tệp lớn hơn ${size(largest)}: hãy giảm dung lượng hoặc tách ra rồi tải lên.`);
      return;
    }
    const request = new XMLHttpRequest();
    request.open("POST", uploader.dataset.url);
    request.responseType = "json";
    request.setRequestHeader("X-CSRFToken", token());
    request.setRequestHeader("X-File-Name", encodeURIComponent(file.name));
    request.setRequestHeader("Content-Type", "application/octet-stream");
    request.upload.addEventListener("progress", (event) => {
      if (!event.lengthComputable) return;
      const share = Math.round((event.loaded / event.total) * 100);
      shown.bar.value = share;
      shown.note.textContent = share < 100 ? `${size(file.size)} · ${share} %` : `${size(file.size)} · đang kiểm tra`;
    });
    request.addEventListener("load", () => {
      const answer = request.response;
      if (request.status === 201) accept(shown, answer);
      else refuse(shown, file, answer?.error || `Máy chủ trả lời mã ${request.status}: tệp chưa được lưu, hãy thử lại.`);
    });
    request.addEventListener("error", () => {
      refuse(shown, file, "Đường truyền bị đứt khi đang tải lên: tệp chưa được lưu, hãy thử lại.");
    });
    request.addEventListener("loadend", () => busy(-1));
    shown.remove.addEventListener("click", () => request.abort(), { once: true });
    busy(1);
    request.send(file);
  }

  input.addEventListener("change", () => {
    if (!input.multiple) list.replaceChildren();
    for (const file of input.files) send(file);
    input.value = "";
  });
  for (const kind of ["dragenter", "dragover"]) {
    drop.addEventListener(kind, (event) => {
      event.preventDefault();
      drop.toggleAttribute("data-over", true);
    });
  }
  for (const kind of ["dragleave", "drop"]) drop.addEventListener(kind, () => drop.removeAttribute("data-over"));
  drop.addEventListener("drop", (event) => {
    event.preventDefault();
    for (const file of event.dataTransfer.files) send(file);
  });
  list.addEventListener("click", (event) => {
    const item = event.target.closest("[data-uploader-remove]")?.closest("[data-uploader-file]");
    if (!item) return;
    const { answer } = item;
    item.remove();
    input.focus();
    tell("file:removed", answer ?? null);
  });
  input.form?.addEventListener("submit", (event) => {
    if (!underWay) return;
    event.preventDefault();
    drop.scrollIntoView({ block: "center" });
    tell("file:busy", { underWay });
  });
}

const bindAll = (root) => {
  for (const uploader of root.querySelectorAll("[data-uploader]")) bind(uploader);
};
bindAll(document);
document.addEventListener("htmx:load", (event) => bindAll(event.target.parentElement ?? document));
