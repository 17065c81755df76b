// The kiosk: the paper prints itself, then the kiosk waits for the next person; nothing half typed is left to them.
const AGAIN = 8000;
const IDLE = 120000;

const paper = document.querySelector("[data-print-then]");
if (paper) {
  window.addEventListener("load", () => window.print());
  window.setTimeout(() => window.location.replace(paper.dataset.printThen), AGAIN);
}

const kiosk = document.querySelector("[data-kiosk]");
if (kiosk) {
  window.setTimeout(() => window.location.replace(kiosk.dataset.kiosk), IDLE);
}
window.addEventListener("pageshow", (event) => { if (event.persisted) { window.location.reload(); } });
