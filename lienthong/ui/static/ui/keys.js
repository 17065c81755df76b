// Keys that work everywhere: / and Ctrl-K to the search box, ? to the list of keys, Ctrl-Enter sends the form.
export const isTyping = (target) => target.closest?.("input:not([type=checkbox]):not([type=radio]), textarea, select, [contenteditable]") !== null;

document.addEventListener("keydown", (event) => {
  const meta = event.ctrlKey || event.metaKey;
  if ((event.key === "/" && !meta && !isTyping(event.target)) || (event.key.toLowerCase() === "k" && meta)) {
    const box = document.querySelector("[data-search-box]");
    if (!box || box.offsetParent === null) return;
    event.preventDefault();
    box.focus();
    box.select();
  } else if (event.key === "?" && !isTyping(event.target)) {
    document.getElementById("keys-help")?.showModal();
  } else if (event.key === "Enter" && meta) {
    const form = event.target.closest?.("form");
    if (form) { event.preventDefault(); form.requestSubmit(); }
  } else if (event.key === "Escape" && event.target.matches?.("[data-search-box]")) {
    const found = document.getElementById("search-suggestions");
    if (found) found.replaceChildren();
  }
});

document.addEventListener("click", (event) => {
  const found = document.getElementById("search-suggestions");
  if (found && !event.target.closest(".lt-search")) found.replaceChildren();
});
