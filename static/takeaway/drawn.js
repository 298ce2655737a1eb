// What stands on the page as SVG: boxes, borders, lines of text and the drawings among them.
const SVG = "http://www.w3.org/2000/svg";
const SIDES = ["Top", "Right", "Bottom", "Left"];
const LOOKS = [
  "fill", "fill-opacity", "stroke", "stroke-width", "stroke-dasharray", "stroke-linecap", "stroke-linejoin",
  "stroke-opacity", "opacity", "font-family", "font-size", "font-weight", "text-anchor", "dominant-baseline",
  "paint-order", "vector-effect", "visibility", "display",
];
const LETTERS = new Intl.Segmenter("th", { granularity: "grapheme" });
const pen = document.createElement("canvas").getContext("2d");

export function make(name, attributes = {}, ...children) {
  const made = document.createElementNS(SVG, name);
  for (const [key, value] of Object.entries(attributes)) made.setAttribute(key, value);
  made.append(...children);
  return made;
}

/** A group that looks as the element does, its left edge at 0 and what stands at `top` at 0. */
export function drawn(root, top) {
  const { left } = root.getBoundingClientRect();
  const group = make("g");
  draw(root, { left, top }, group);
  return group;
}

function draw(node, origin, group) {
  if (node.nodeType === Node.TEXT_NODE) return write(node, origin, group);
  if (node.nodeType !== Node.ELEMENT_NODE || node.matches(".t-take, .t-tray, .t-filters, .t-tip, .t-map-tip, .t-map-hint, caption, .t-figure")) return;
  const style = getComputedStyle(node);
  if (style.display === "none" || style.visibility === "hidden" || style.clipPath.startsWith("inset")) return;
  const box = node.getBoundingClientRect();
  if (node.localName === "svg") return group.append(pictured(node, style, box, origin));
  ground(style, box, origin, group);
  for (const child of node.childNodes) draw(child, origin, group);
}

/** Background and borders of a box. */
function ground(style, box, origin, group) {
  const [x, y] = [box.left - origin.left, box.top - origin.top];
  const { width, height } = box;
  if (!width || !height) return;
  const radius = Math.min(parseFloat(style.borderTopRightRadius) || 0, height / 2, width / 2);
  if (isSeen(style.backgroundColor)) {
    group.append(make("rect", { x, y, width, height, rx: radius, fill: style.backgroundColor }));
  }
  const lines = SIDES.map((side) => ({
    side, width: style[`border${side}Style`] === "none" ? 0 : parseFloat(style[`border${side}Width`]), colour: style[`border${side}Color`],
  })).filter((line) => line.width && isSeen(line.colour));
  if (lines.length === 4) {
    const half = lines[0].width / 2;
    group.append(make("rect", {
      x: x + half, y: y + half, width: width - 2 * half, height: height - 2 * half, rx: radius,
      fill: "none", stroke: lines[0].colour, "stroke-width": lines[0].width,
    }));
    return;
  }
  const ends = { Top: [x, y, x + width, y], Right: [x + width, y, x + width, y + height], Bottom: [x, y + height, x + width, y + height], Left: [x, y, x, y + height] };
  for (const { side, width: thick, colour } of lines) {
    const [x1, y1, x2, y2] = ends[side];
    group.append(make("line", { x1, y1, x2, y2, stroke: colour, "stroke-width": thick }));
  }
}

function isSeen(colour) {
  return colour !== "transparent" && !/[,/]\s*0\)$/.test(colour);
}

/** The lines a text stands in, each at its own place. */
function write(node, origin, group) {
  if (!node.nodeValue.trim()) return;
  const style = getComputedStyle(node.parentElement);
  pen.font = `${style.fontWeight} ${style.fontSize} ${style.fontFamily}`;
  for (const line of lines(node)) {
    const { fontBoundingBoxAscent: up, fontBoundingBoxDescent: down } = pen.measureText(line.text);
    const baseline = line.top + (line.height * up) / (up + down);
    group.append(make("text", {
      x: line.left - origin.left, y: baseline - origin.top, fill: style.color,
      "font-size": style.fontSize, "font-weight": style.fontWeight, "font-family": style.fontFamily,
      "xml:space": "preserve",
    }, line.text.trimEnd()));
  }
}

function lines(node) {
  const range = document.createRange();
  const found = [];
  for (const { segment, index } of LETTERS.segment(node.nodeValue)) {
    range.setStart(node, index);
    range.setEnd(node, index + segment.length);
    const box = range.getClientRects()[0];
    if (!box) continue;
    const last = found.at(-1);
    const text = /\s/.test(segment) ? " " : segment;
    if (last && Math.abs(last.top - box.top) < box.height / 2) last.text += text;
    else if (text !== " ") found.push({ text, left: box.left, top: box.top, height: box.height });
  }
  return found;
}

/** A drawing with every look written into it, for a file has no style sheet. */
function pictured(svg, style, box, origin) {
  const copy = svg.cloneNode(true);
  const [from, to] = [[svg, ...svg.querySelectorAll("*")], [copy, ...copy.querySelectorAll("*")]];
  from.forEach((one, place) => dress(one, to[place]));
  copy.removeAttribute("style");
  for (const one of to) if (one.getAttribute("display") === "none") one.remove();
  const place = { x: box.left - origin.left, y: box.top - origin.top, width: box.width, height: box.height };
  for (const [key, value] of Object.entries(place)) copy.setAttribute(key, value);
  copy.setAttribute("overflow", "hidden");
  if (isSeen(style.backgroundColor)) copy.prepend(make("rect", { width: "100%", height: "100%", fill: style.backgroundColor }));
  return copy;
}

function dress(from, to) {
  const style = getComputedStyle(from);
  for (const look of LOOKS) {
    const value = style.getPropertyValue(look).replaceAll('"', "'");
    if (value && value !== "normal") to.setAttribute(look, value.replace(/url\('[^']*#([^']*)'\)/g, "url(#$1)"));
  }
  to.removeAttribute("class");
  to.removeAttribute("style");
  for (const name of to.getAttributeNames()) if (/^(aria-|data-|role|tabindex)/.test(name)) to.removeAttribute(name);
}
