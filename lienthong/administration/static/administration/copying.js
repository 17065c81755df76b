// A button with data-copy="id" copies the text of that element, and says so.
for (const button of document.querySelectorAll("[data-copy]")) {
  if (!navigator.clipboard) continue; // only on a safe address; the text can still be marked by hand
  button.hidden = false;
  button.addEventListener("click", async () => {
    await navigator.clipboard.writeText(document.getElementById(button.dataset.copy).textContent.trim());
    button.querySelector("span").textContent = "Đã chép";
  });
}
