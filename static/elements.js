// Elements of HTML and SVG, for every script of ours.
const SVG = "http://www.w3.org/2000/svg";
const DRAWN = new Set(["circle", "clipPath", "defs", "g", "path", "pattern", "rect", "svg", "text"]);

/** An element of HTML or SVG; children are text or elements, so nothing is ever read as markup.
    An attribute or a text that is empty is left out. */
export function element(kind, attributes = {}, ...children) {
  const made = DRAWN.has(kind) ? document.createElementNS(SVG, kind) : document.createElement(kind);
  for (const [key, value] of Object.entries(attributes)) {
    if (value !== "") made.setAttribute(key, value);
  }
  made.append(...children.filter((child) => child !== ""));
  return made;
}
