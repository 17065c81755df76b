// The text of a procedure: line numbers beside it, wrong lines marked, a click on a fault goes to its line.
const LINE = 20;

function wrong() {
  return new Set([...document.querySelectorAll("[data-line]")].map((one) => Number(one.dataset.line)));
}

function number(box) {
  const area = box.querySelector("textarea");
  const gutter = document.createElement("div");
  gutter.className = "pr-gutter";
  gutter.setAttribute("aria-hidden", "true");
  box.prepend(gutter);
  let shown = 0;
  const draw = () => {
    const count = area.value.split("\n").length;
    if (count === shown) return;
    shown = count;
    const marked = wrong();
    gutter.replaceChildren(
      ...Array.from({ length: count }, (_, place) => {
        const line = document.createElement("span");
        line.textContent = String(place + 1);
        if (marked.has(place + 1)) line.className = "is-wrong";
        return line;
      }),
    );
    follow();
  };
  const follow = () => {
    gutter.style.height = `${area.offsetHeight}px`;
    gutter.scrollTop = area.scrollTop;
  };
  area.addEventListener("input", draw);
  area.addEventListener("scroll", follow);
  new ResizeObserver(follow).observe(area);
  draw();
}

function go(line) {
  const area = document.querySelector("[data-lines] textarea");
  const lines = area.value.split("\n");
  const start = lines.slice(0, line - 1).reduce((sum, one) => sum + one.length + 1, 0);
  area.focus();
  area.setSelectionRange(start, start + (lines[line - 1] ?? "").length);
  area.scrollTop = Math.max(0, (line - 6) * LINE);
}

document.querySelectorAll("[data-lines]").forEach(number);
document.addEventListener("click", (event) => {
  const button = event.target.closest("[data-go]");
  if (button) go(Number(button.dataset.go));
});
