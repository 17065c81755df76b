// Charts: a canvas with data-chart is drawn once it is on the page; Chart.js is fetched only then.
let library = null;

function load(address) {
  library ??= new Promise((done, failed) => {
    const script = Object.assign(document.createElement("script"), { src: address });
    script.addEventListener("load", done);
    script.addEventListener("error", failed);
    document.head.append(script);
  });
  return library;
}

function colours() {
  const style = getComputedStyle(document.documentElement);
  const of = (name) => style.getPropertyValue(`--lt-${name}`).trim();
  return { late: of("late"), soon: of("soon"), done: of("done"), accent: of("accent"), muted: of("muted"), line: of("line"), ink: of("ink") };
}

function draw(canvas) {
  const data = JSON.parse(canvas.dataset.chart);
  const colour = colours();
  const tones = [colour.accent, colour.muted, colour.soon, colour.done];
  const stacked = data.type === "stack";
  Chart.defaults.font.family = getComputedStyle(document.body).fontFamily;
  Chart.defaults.color = colour.muted;
  Chart.getChart(canvas)?.destroy();
  new Chart(canvas, {
    type: data.type === "line" ? "line" : "bar",
    data: { labels: data.labels, datasets: data.series.map((series, at) => ({ label: series.name, data: series.values, backgroundColor: colour[series.tone] ?? tones[at % 4], borderColor: colour[series.tone] ?? tones[at % 4], borderWidth: data.type === "line" ? 2 : 0, borderRadius: 3, maxBarThickness: 48, tension: 0 })) },
    options: {
      animation: false, responsive: true, maintainAspectRatio: false, locale: "vi-VN",
      plugins: { legend: { display: data.series.length > 1, position: "bottom" } },
      scales: { x: { stacked, grid: { display: false } }, y: { stacked, beginAtZero: true, grid: { color: colour.line }, border: { display: false }, title: { display: Boolean(canvas.dataset.unit), text: canvas.dataset.unit } } },
    },
  });
}

async function drawAll(root = document) {
  for (const canvas of root.querySelectorAll("canvas[data-chart]")) { await load(canvas.dataset.library); draw(canvas); }
}

drawAll();
document.addEventListener("htmx:afterSwap", (event) => drawAll(event.detail.target));
new MutationObserver(() => drawAll()).observe(document.documentElement, { attributeFilter: ["data-bs-theme"] });
