// Dialogs: data-dialog-open="id" opens one, data-dialog-close or a click outside closes it; a deadline's explanation
// opens in one, and where that fails the link leads to its page.
let opener = null;

function open(dialog, from) {
  opener = from ?? document.activeElement;
  dialog.showModal();
  dialog.addEventListener("close", () => opener?.focus(), { once: true });
}

async function explain(link) {
  const answer = await fetch(link.href, { headers: { "HX-Request": "true", "HX-Target": "explanation" } });
  if (!answer.ok || answer.redirected) throw new Error(String(answer.status));
  let dialog = document.getElementById("explanation");
  if (!dialog) {
    dialog = Object.assign(document.createElement("dialog"), { id: "explanation", className: "lt-dialog" });
    dialog.setAttribute("aria-label", "Cách tính hạn");
    document.body.append(dialog);
  }
  const close = Object.assign(document.createElement("button"), { type: "button", className: "btn", textContent: "Đóng" });
  close.dataset.dialogClose = "";
  const foot = Object.assign(document.createElement("div"), { className: "lt-dialog-foot" });
  foot.append(close);
  dialog.innerHTML = await answer.text();
  dialog.append(foot);
  open(dialog, link);
}

document.addEventListener("click", (event) => {
  const button = event.target.closest("[data-dialog-open]");
  if (button) {
    const dialog = document.getElementById(button.dataset.dialogOpen);
    if (dialog) { event.preventDefault(); open(dialog, button.closest("details[data-menu]")?.querySelector("summary") ?? button); }
    return;
  }
  const link = event.target.closest("a[data-explain]");
  if (link && !event.ctrlKey && !event.metaKey && !event.shiftKey && !link.getAttribute("href").startsWith("#")) {
    event.preventDefault();
    explain(link).catch(() => { location.href = link.href; });
    return;
  }
  if (event.target.closest("[data-dialog-close]")) event.target.closest("dialog").close();
  else if (event.target.matches?.("dialog[open]")) {
    const box = event.target.getBoundingClientRect();
    const outside = event.clientX < box.left || event.clientX > box.right || event.clientY < box.top || event.clientY > box.bottom;
    if (outside) event.target.close();
  }
});

for (const dialog of document.querySelectorAll("dialog[data-dialog-start]")) open(dialog, null);
