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

// A table wider than its card scrolls; whoever uses the keyboard must be able to scroll it too.
const reach = () => {
  for (const table of document.querySelectorAll('[data-testid="stTableStyledTable"]')) {
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
new MutationObserver(reachSoon).observe(document, { childList: true, subtree: true });
addEventListener("resize", reachSoon);
