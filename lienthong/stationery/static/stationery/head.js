// form[data-head=address]: a moment after the last key the picture of the head shows what is typed.
let timer;

document.addEventListener("input", (event) => {
  const form = event.target.form;
  if (!form?.dataset.head) return;
  clearTimeout(timer);
  timer = setTimeout(() => {
    const typed = new URLSearchParams();
    for (const name of ["superior", "issuer", "place", "contact"]) typed.set(name, form.elements[name].value);
    document.querySelector(".st-head img").src = `${form.dataset.head}?${typed}`;
    document.getElementById("head-said").textContent = "Hình dưới đây theo nội dung đang gõ, chưa lưu.";
  }, 700);
});
