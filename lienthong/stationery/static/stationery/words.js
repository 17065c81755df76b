// button[data-insert]: its text goes to where the cursor stood last in the form of the template.
let last = null;

document.addEventListener("focusin", (event) => {
  if (event.target.matches("#template-form textarea, #template-form input[type=text]")) last = event.target;
});

document.addEventListener("click", (event) => {
  const button = event.target.closest("[data-insert]");
  if (!button) return;
  const place = last?.isConnected ? last : document.querySelector("#template-form textarea[name=body]");
  place.setRangeText(button.dataset.insert, place.selectionStart, place.selectionEnd, "end");
  place.focus();
  place.dispatchEvent(new Event("input", { bubbles: true }));
});
