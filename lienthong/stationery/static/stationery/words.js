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

// On a narrow screen the paper stands below the form: whoever asks for it is taken there.
let asked = false;
document.addEventListener("click", (event) => { if (event.target.closest("#preview-button")) asked = true; });
document.addEventListener("htmx:afterSwap", (event) => {
  if (event.detail.target.id !== "preview" || !asked) return;
  asked = false;
  document.querySelector(".st-paper").scrollIntoView({ block: "nearest" });
});
