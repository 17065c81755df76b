// A viewer of pages: steps, zoom, keys. ← → or p n: page before, after; Home End: first, last; + − 0: size.
const keys = { ArrowLeft: -1, p: -1, ArrowRight: 1, n: 1 };

function bind(viewer) {
  if (viewer.dataset.bound) return;
  viewer.dataset.bound = "yes";
  const frame = viewer.querySelector("[data-viewer-pages]");
  if (!frame) return;
  const pages = [...frame.querySelectorAll("[data-viewer-page]")];
  const now = viewer.querySelector("[data-viewer-now]");
  let current = 0;
  let aimed = false; // a step was taken: until the reader scrolls, pages that glide by do not count as looked at
  for (const steps of viewer.querySelectorAll("[data-viewer-steps]")) steps.hidden = false;

  const go = (index) => {
    current = Math.max(0, Math.min(pages.length - 1, index));
    aimed = true;
    align();
    say();
  };
  const align = () => {
    frame.scrollTop = pages[current].offsetTop - frame.offsetTop;
    if (frame.scrollHeight <= frame.clientHeight) pages[current].scrollIntoView({ block: "start" });
  };
  const zoom = (by) => {
    const next = by === 0 ? 0 : Number(viewer.dataset.zoom || 0) + by;
    viewer.dataset.zoom = Math.max(-1, Math.min(2, next));
    go(current);
  };
  const say = () => {
    if (now) now.textContent = `Trang ${current + 1}/${pages.length}`;
  };
  viewer.addEventListener("click", (event) => {
    const button = event.target.closest("[data-viewer-go], [data-viewer-zoom]");
    if (!button) return;
    if (button.dataset.viewerGo) go(current + Number(button.dataset.viewerGo));
    else zoom(Number(button.dataset.viewerZoom));
  });
  frame.addEventListener("keydown", (event) => {
    if (event.ctrlKey || event.metaKey || event.altKey) return;
    if (event.key in keys) go(current + keys[event.key]);
    else if (event.key === "Home") go(0);
    else if (event.key === "End") go(pages.length - 1);
    else if (event.key === "+" || event.key === "=") zoom(1);
    else if (event.key === "-") zoom(-1);
    else if (event.key === "0") zoom(0);
    else return;
    event.preventDefault();
    event.stopPropagation();
  });
  for (const own of ["wheel", "touchmove", "pointerdown", "keydown"]) {
    document.addEventListener(own, () => (aimed = false), { passive: true, capture: true }); // a step aims again
  }
  const observer = new IntersectionObserver(
    (entries) => {
      if (aimed) return;
      for (const entry of entries) if (entry.isIntersecting) current = pages.indexOf(entry.target);
      say();
    },
    { root: getComputedStyle(frame).maxHeight === "none" ? null : frame, rootMargin: "-45% 0px -45% 0px" },
  );
  for (const page of pages) {
    observer.observe(page);
    const picture = page.querySelector("img");
    picture.addEventListener("load", () => aimed && align()); // a picture that came late pushed the page away
    picture.addEventListener("error", () => {
      const words = document.createElement("p");
      words.className = "lt-fileview-wait";
      words.textContent = `Không vẽ được trang ${page.dataset.viewerPage}: hãy tải tệp về để xem.`;
      picture.replaceWith(words);
    });
  }
}

const bindAll = (root) => {
  for (const viewer of root.querySelectorAll("[data-viewer]")) bind(viewer);
};
bindAll(document);
document.addEventListener("htmx:load", (event) => bindAll(event.target.parentElement ?? document));
