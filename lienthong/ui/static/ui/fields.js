// Days and money are tidied when the box is left: 22012014 and 22.1.2014 become 22/01/2014, 1200000 becomes 1.200.000.
// A select with data-autosubmit sends its form.
const pad = (text) => text.padStart(2, "0");

function tidyDay(box) {
  const found = box.value.trim().match(/^(\d{1,2})[/.\- ](\d{1,2})[/.\- ](\d{4})$/) ?? box.value.trim().match(/^(\d{2})(\d{2})(\d{4})$/);
  if (found) box.value = `${pad(found[1])}/${pad(found[2])}/${found[3]}`;
}

function tidyDong(box) {
  const digits = box.value.replace(/[. ]/g, "").replace(/(đ|đồng)$/i, "");
  if (/^\d+$/.test(digits)) box.value = digits.replace(/\B(?=(\d{3})+$)/g, ".");
}

document.addEventListener("focusout", (event) => {
  if (event.target.matches?.("[data-day]")) tidyDay(event.target);
  if (event.target.matches?.("[data-dong]")) tidyDong(event.target);
});

document.addEventListener("change", (event) => {
  if (event.target.matches?.("[data-autosubmit], form[data-autosubmit] *")) event.target.form?.requestSubmit();
});

// Ô đã sửa theo tay người không còn là đề xuất: the thin mark goes once a person has changed the value.
document.addEventListener("input", (event) => event.target.closest?.(".lt-proposed")?.classList.remove("lt-proposed"));
