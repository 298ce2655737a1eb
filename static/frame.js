// What Streamlit leaves open: <html lang>, its own English words, and the menu.
const ATTRIBUTES = ["aria-label", "title", "placeholder"];
// What we write ourselves is in the right language already and may quote anything.
const NOT_THEIRS = ".stHtml, [data-testid='stIconMaterial'], script, style";
const MENU = ".t-menu a";
const PAIRS = JSON.parse(document.getElementById("t-words").textContent);
const EXCHANGES = {
  th: PAIRS.map(([english, thai]) => exchange(english, thai)),
  en: PAIRS.map(([english, thai]) => exchange(thai, english)),
};

/** A function from a text like `from` to one like `to`, `{name}` standing for any text. */
function exchange(from, to) {
  const literal = (part) => part.replace(/[.*+?^${}()|[\]\\/]/g, "\\$&");
  const source = from.split(/\{(\w+)\}/).map((part, i) => (i % 2 ? `(?<${part}>.+?)` : literal(part)));
  const pattern = new RegExp(`^${source.join("")}$`, "u");
  return (text) => {
    const found = pattern.exec(text);
    return found && to.replace(/\{(\w+)\}/g, (_, name) => found.groups[name]);
  };
}

function language() {
  return new URLSearchParams(location.search).get("lang") === "en" ? "en" : "th";
}

function exchanged(text) {
  const bare = text.trim();
  for (const attempt of EXCHANGES[language()]) {
    const result = bare && attempt(bare);
    if (result) return text.replace(bare, () => result);
  }
  return text;
}

function visitText(node) {
  if (node.parentElement?.closest(NOT_THEIRS)) return;
  const result = exchanged(node.nodeValue);
  if (result !== node.nodeValue) node.nodeValue = result;
}

function visitElement(element) {
  // Streamlit calls the place to drop files mere decoration, yet names it and lets it be focused.
  if (element.matches("[data-testid='stFileUploaderDropzone'][role='presentation']")) {
    element.setAttribute("role", "group");
  }
  for (const name of ATTRIBUTES) {
    const written = element.getAttribute(name) ?? "";
    const result = exchanged(written);
    if (result !== written) element.setAttribute(name, result);
  }
}

function visit(root) {
  const walker = document.createTreeWalker(root, NodeFilter.SHOW_ELEMENT | NodeFilter.SHOW_TEXT);
  for (let node = root; node; node = walker.nextNode()) {
    if (node.nodeType === Node.TEXT_NODE) visitText(node);
    else if (node.nodeType === Node.ELEMENT_NODE) visitElement(node);
  }
}

/** Menu and sorted tables are written anew; whoever chose there by keyboard goes on there. */
let chosen = "";
function returnToChosen() {
  if (!chosen || document.activeElement !== document.body) return;
  document.querySelector(chosen)?.focus({ preventScroll: true });
}

function follow(mutations) {
  returnToChosen();
  if (document.documentElement.lang !== language()) {
    document.documentElement.lang = language();
    visit(document.body);
    return;
  }
  for (const { type, target, addedNodes } of mutations) {
    if (type === "childList") addedNodes.forEach(visit);
    else if (type === "attributes") visitElement(target);
    else visitText(target);
  }
}

visit(document.body);
new MutationObserver(follow).observe(document.body, {
  subtree: true,
  childList: true,
  characterData: true,
  attributeFilter: ATTRIBUTES,
});

// What a mark stands for is sent once, for screen readers; the pointer asks for the same.
document.addEventListener("pointerover", ({ target }) => {
  const mark = target.closest(`.t-link[aria-label], [role='img'][aria-label], ${MENU}`);
  if (mark && !mark.title) mark.title = mark.getAttribute("aria-label") ?? mark.textContent;
});

document.addEventListener("click", ({ target }) => {
  const { page } = target.closest(MENU)?.dataset ?? {};
  const { order } = target.closest("[data-order]")?.dataset ?? {};
  chosen = page ? `${MENU}[data-page="${page}"]` : order ? `[data-order="${CSS.escape(order)}"]` : "";
  // On a telephone the menu covers the page that was just chosen from it.
  if (page && matchMedia("(max-width: 768px)").matches) {
    chosen = "";
    document.querySelector("[data-testid='stSidebarCollapseButton'] button")?.click();
  }
});
