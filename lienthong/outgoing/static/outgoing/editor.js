// The editor of a draft: buttons that insert the markup of a body, and after each save of its own the numbers of the
// version and the pages beside the text.
const form = document.getElementById("editor");
const body = form?.querySelector("#id_body");
const INSERTS = { article: ["Điều ", ". "], bold: ["**", "**"], italic: ["*", "*"], centre: ["^ ", " ^"], page: ["\n=== Trang mới ===\n", ""], table: ["\n| Số thứ tự | Nội dung |\n|---|---|\n| 1 | ", " |\n"] };

function insert(name) {
  const { selectionStart: start, selectionEnd: end, value } = body;
  let [before, after] = INSERTS[name];
  if (name === "article") before += (value.slice(0, start).match(/^Điều \d+/gm)?.length ?? 0) + 1;
  body.setRangeText(before + value.slice(start, end) + after, start, end, "end");
  if (start === end && after) body.selectionEnd = body.selectionStart = start + before.length + (name === "article" ? after.length : 0);
  body.focus();
  body.dispatchEvent(new Event("input", { bubbles: true }));
}

async function follow(answer) {
  const { number, revision } = await answer.json();
  form.elements.number.value = number;
  form.elements.revision.value = revision;
  const fresh = await fetch(form.dataset.pages);
  if (!fresh.ok) return;
  document.getElementById("pages").outerHTML = await fresh.text();
  window.htmx?.process(document.getElementById("pages"));
}

if (form && body) {
  const bar = form.querySelector("[data-markup-bar]");
  bar.hidden = false;
  bar.addEventListener("click", (event) => { const button = event.target.closest("[data-insert]"); if (button) insert(button.dataset.insert); });
  form.addEventListener("autosaved", (event) => follow(event.detail));
}
