// A paragraph is chosen for a remark by a click anywhere on it; without this the link beside it does the same.
const form = document.getElementById("remark");
const list = form?.querySelector(".lt-paragraphs");

function choose(item) {
  list.querySelector("[aria-current]")?.removeAttribute("aria-current");
  item.setAttribute("aria-current", "true");
  form.elements.line.value = item.dataset.line;
  form.elements.text.focus();
}

list?.addEventListener("click", (event) => {
  const item = event.target.closest("[data-line]");
  if (!item) return;
  event.preventDefault();
  choose(item);
});

function unfold() {
  const item = location.hash.startsWith("#paragraph-") && document.getElementById(location.hash.slice(1));
  if (!item) return;
  item.closest("details").open = true;
  item.scrollIntoView({ block: "center" });
}

document.getElementById("comments")?.addEventListener("click", (event) => { if (event.target.closest('a[href^="#paragraph-"]')) setTimeout(unfold); });
unfold();
