// What the framework leaves undone in the served page, and a script of our own can do.
// Served by ourselves; changes no text, and sends nothing but a number that means nobody.
"use strict";

// Where several replicas serve behind one address, a page's connection must come back to the one
// that has its session (docs/deploy.md). They are told apart by this number, which is drawn anew
// for each page and kept nowhere.
const tab = Math.random().toString(36).slice(2, 10);
let connected = false;
window.WebSocket = class extends WebSocket {
  constructor(address, protocols) {
    const told = new URL(address, location.href);
    told.searchParams.set("tab", tab);
    super(told, protocols);
    // Whoever takes a connection that was lost may know nothing of the page, and would lose the
    // reader's next click: Streamlit itself asks for a run then only if one was cut short.
    this.addEventListener("open", () => {
      if (connected) setTimeout(() => dispatchEvent(new PopStateEvent("popstate")));
      connected = true;
    });
  }
};

// A link to one of our own pages opens in place: Streamlit opens every Markdown link in a new tab.
document.addEventListener(
  "click",
  (event) => {
    const link = event.target instanceof Element ? event.target.closest("a[href]") : null;
    if (!link || link.hasAttribute("download")) return;
    const target = new URL(link.href, location.href);
    if (target.origin === location.origin && !target.pathname.startsWith("/api/")) {
      link.removeAttribute("target");
    }
  },
  true,
);

// The language of the document follows the address, also when it changes without a page load.
const follow = () => {
  const chosen = new URLSearchParams(location.search).get("lang");
  if (chosen === "fi" || chosen === "en") document.documentElement.lang = chosen;
};
for (const name of ["pushState", "replaceState"]) {
  const original = history[name];
  history[name] = function (...args) {
    const result = original.apply(this, args);
    follow();
    return result;
  };
}
addEventListener("popstate", follow);

// On a phone a table of records, a few rows whose cells are sentences and links, becomes a list: each
// row a block, each cell a line with its column's name (page.css). A table of figures stays one, as
// its columns are there to be compared, and so does a long one.
const phone = matchMedia("(max-width: 40rem)");
const MOST_CELLS = 80;
const LONG_TEXT = 24;
const ROLES = { table: "table", thead: "rowgroup", tbody: "rowgroup", tr: "row", th: "columnheader", td: "cell" };
const isRecords = (rows, columns) =>
  columns.length > 2 &&
  rows.length * columns.length <= MOST_CELLS &&
  rows.some((row) => [...row.cells].slice(1).some((cell) => cell.textContent.length > LONG_TEXT));
const put = (element, name, value) => {
  if (value === null) element.removeAttribute(name);
  else if (element.getAttribute(name) !== value) element.setAttribute(name, value);
};
const stack = (table) => {
  const columns = [...(table.tHead?.rows[0]?.cells ?? [])];
  const rows = [...(table.tBodies[0]?.rows ?? [])];
  const stacked = phone.matches && isRecords(rows, columns);
  if (!stacked && !table.hasAttribute("data-stacked")) return;
  put(table, "data-stacked", stacked ? "" : null);
  // What is no longer laid out as a table would not be read out as one.
  for (const part of [table, ...table.querySelectorAll("thead, tbody, tr, th, td")])
    put(part, "role", stacked ? ROLES[part.localName] : null);
  for (const row of rows)
    [...row.cells].forEach((cell, place) => {
      put(cell, "aria-colindex", stacked ? String(place + 1) : null);
      put(cell, "data-column", stacked ? (columns[place]?.textContent ?? "") : null);
      put(cell, "data-empty", stacked && !cell.textContent.trim() ? "" : null);
    });
};

// A table wider than its card scrolls; whoever uses the keyboard must be able to scroll it too.
const reach = () => {
  for (const table of document.querySelectorAll('[data-testid="stTableStyledTable"]')) {
    stack(table);
    const frame = table.parentElement;
    sizes.observe(frame);
    if (frame.scrollWidth > frame.clientWidth) {
      frame.tabIndex = 0;
      frame.setAttribute("role", "group");
      frame.setAttribute("aria-label", table.getAttribute("aria-label") || document.title);
    } else if (frame.hasAttribute("tabindex")) {
      for (const name of ["tabindex", "role", "aria-label"]) frame.removeAttribute(name);
    }
  }
};
// At most every fifth of a second, also on a page where something changes all the time.
let reaching = false;
const reachSoon = () => {
  if (reaching) return;
  reaching = true;
  setTimeout(() => {
    reaching = false;
    reach();
  }, 200);
};
// A card also changes its width when the sidebar folds away, and then nothing else tells.
const sizes = new ResizeObserver(reachSoon);
new MutationObserver(reachSoon).observe(document, {
  childList: true,
  characterData: true,
  subtree: true,
});
addEventListener("resize", reachSoon);
