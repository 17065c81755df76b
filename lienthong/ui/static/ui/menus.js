// Menus (details), the rail (small, or a drawer on the phone), the theme.
const root = document.documentElement;
const remember = (name, value) => { document.cookie = `${name}=${value}; path=/; max-age=31536000; samesite=lax`; };

document.addEventListener("click", (event) => {
  const menu = event.target.closest("details[data-menu]");
  for (const open of document.querySelectorAll("details[data-menu][open]")) if (open !== menu) open.open = false;

  if (event.target.closest("[data-rail-toggle]")) {
    const small = root.dataset.rail !== "small";
    if (small) root.dataset.rail = "small"; else delete root.dataset.rail;
    event.target.closest("[data-rail-toggle]").setAttribute("aria-expanded", String(!small));
    remember("rail", small ? "small" : "wide");
  }
  if (event.target.closest("[data-rail-open]")) { root.dataset.railOpen = ""; document.querySelector("[data-rail-close]")?.focus(); }
  if (event.target.closest("[data-rail-close]")) closeRail();

  const choice = event.target.closest("[data-theme-choice]");
  if (choice) {
    const theme = choice.dataset.themeChoice;
    remember("theme", theme);
    root.dataset.theme = theme;
    root.dataset.bsTheme = theme === "auto" ? (matchMedia("(prefers-color-scheme: dark)").matches ? "dark" : "light") : theme;
    for (const other of document.querySelectorAll("[data-theme-choice]")) other.setAttribute("aria-pressed", String(other === choice));
  }
});

document.addEventListener("keydown", (event) => {
  if (event.key !== "Escape") return;
  const menu = document.querySelector("details[data-menu][open]");
  if (menu) { menu.open = false; menu.querySelector("summary").focus(); }
  else if ("railOpen" in root.dataset) closeRail();
});

// A menu that holds a form begins in its first box.
document.addEventListener("toggle", (event) => { if (event.target.matches?.("details[data-menu][open]")) event.target.querySelector("[data-menu-focus]")?.focus(); }, true);

function closeRail() {
  delete root.dataset.railOpen;
  document.querySelector("[data-rail-open]")?.focus();
}
