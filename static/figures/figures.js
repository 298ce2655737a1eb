// Drawings that core/figures made: shown, and what they say where the pointer is.
const REACH = 34;
const shown = new WeakMap();

/** Streamlit calls this first and after every change, and at the end what it returns. */
export default function show({ data, parentElement }) {
  let root = shown.get(parentElement);
  if (!root) {
    root = element("div", "t-figures");
    shown.set(parentElement, root);
    parentElement.append(root);
  }
  data.figures.forEach((figure, place) => draw(root, figure, place));
  while (root.children.length > data.figures.length) root.lastChild.remove();
  return () => {
    shown.delete(parentElement);
    root.remove();
  };
}

/** A figure is drawn anew only where it is another one. */
function draw(root, figure, place) {
  const same = JSON.stringify(figure);
  const before = root.children[place];
  if (before?.figure === same) return;
  const made = element("figure", "");
  made.figure = same;
  const plot = element("div", "t-plot");
  plot.innerHTML = figure.svg;
  if (figure.title) made.append(element("h2", "t-figure", figure.title));
  made.append(plot);
  if (figure.note) made.append(element("figcaption", "t-sources", figure.note));
  if (figure.marks.length) answer(plot, figure);
  if (before) before.replaceWith(made);
  else root.append(made);
}

/** Say what is nearest to the pointer. The same stands in the table, for the keyboard. */
function answer(plot, { marks, along, between }) {
  const svg = plot.firstElementChild;
  const phrases = svg.querySelector("desc").textContent.split(between);
  const tip = element("div", "t-tip");
  tip.setAttribute("aria-hidden", "true");
  const spot = document.createElementNS("http://www.w3.org/2000/svg", "circle");
  spot.setAttribute("class", "t-here");
  spot.setAttribute("r", 7);
  const leave = () => [tip, spot].forEach((one) => one.remove());
  const point = (event) => {
    const at = new DOMPoint(event.clientX, event.clientY).matrixTransform(svg.getScreenCTM().inverse());
    const far = ([x, y]) => Math.hypot(x - at.x, along ? 0 : y - at.y);
    const nearest = marks.reduce((one, other) => (far(other) < far(one) ? other : one));
    if (far(nearest) > REACH) return void leave();
    const [x, y, phrase] = nearest;
    spot.setAttribute("cx", x);
    spot.setAttribute("cy", y);
    svg.append(spot);
    tip.textContent = phrases[phrase];
    plot.append(tip);
    place(tip, plot, new DOMPoint(x, y).matrixTransform(svg.getScreenCTM()));
  };
  plot.addEventListener("pointermove", point);
  plot.addEventListener("pointerdown", point);
  plot.addEventListener("pointerleave", leave);
}

/** Above the point, within the figure; below it where there is no room. */
function place(tip, plot, { x, y }) {
  const room = plot.getBoundingClientRect();
  const left = Math.min(Math.max(x - room.left - tip.offsetWidth / 2, 0), room.width - tip.offsetWidth);
  const above = y - room.top - tip.offsetHeight - 12;
  tip.style.left = `${Math.max(left, 0)}px`;
  tip.style.top = `${above < 0 ? y - room.top + 14 : above}px`;
}

function element(name, kind, text = "") {
  const made = document.createElement(name);
  if (kind) made.className = kind;
  made.textContent = text;
  return made;
}
