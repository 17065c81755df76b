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

// Below the search box the arrows walk through what was found; upwards from the first they lead back to the box.
document.addEventListener("keydown", (event) => {
  const box = document.querySelector("[data-search-box]");
  const found = [...document.querySelectorAll("#search-suggestions a[href]")];
  const at = found.indexOf(event.target);
  if (!found.length || (event.target !== box && at < 0)) return;
  if (event.key === "ArrowDown") { event.preventDefault(); found[Math.min(at + 1, found.length - 1)].focus(); }
  if (event.key === "ArrowUp" && at >= 0) { event.preventDefault(); (found[at - 1] ?? box).focus(); }
  if (event.key === "Escape" && at >= 0) { document.getElementById("search-suggestions").replaceChildren(); box.focus(); }
});

document.addEventListener("click", (event) => {
  const found = document.getElementById("search-suggestions");
  if (found && !event.target.closest(".lt-search")) found.replaceChildren();
});
