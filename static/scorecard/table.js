// The scorecard: what components/scorecard/table.py sends, as a table that can be read aloud.
import { element } from "../elements.js";

const [WIDE, HIGH, EDGE] = [56, 18, 2];
const tables = new WeakMap();

/** Streamlit calls this first and after every change, and at the end what it returns. */
export default function show({ data, parentElement }) {
  if (!tables.has(parentElement)) tables.set(parentElement, begun(parentElement));
  const root = tables.get(parentElement);
  draw(root, data);
  return () => {
    tables.delete(parentElement);
    root.remove();
  };
}

function begun(parent) {
  const root = element("div", { class: "t-table t-part t-scorecard", role: "region", tabindex: "0" });
  parent.append(root);
  return root;
}

/** Whoever sorts by keyboard goes on where they were, and the box stays scrolled as it was. */
function draw(root, data) {
  const sorted = document.activeElement?.closest?.(".t-scorecard [data-column]")?.dataset.column;
  const { scrollLeft } = root;
  const scales = data.columns.map((_, place) => scale(data, place));
  root.setAttribute("aria-label", data.caption);
  root.replaceChildren(
    element(
      "table",
      {},
      element("caption", {}, data.caption),
      element("thead", {}, heads(data)),
      element(
        "tbody",
        {},
        ...data.whole.map((row) => rowOf(data, scales, row, "t-whole")),
        ...data.rows.map((row) => rowOf(data, scales, row)),
      ),
    ),
  );
  root.scrollLeft = scrollLeft;
  if (sorted) root.querySelector(`[data-column="${sorted}"]`)?.focus({ preventScroll: true });
}

/** A text in pieces: words and figures within which no line ends stand in an element of their own. */
function pieces(text, unbroken) {
  const word = new RegExp(`(${unbroken})`, "u");
  return text.split(word).map((piece, place) => (place % 2 ? element("span", { class: "t-word" }, piece) : piece));
}

function heads({ name, columns, words, unbroken }) {
  const made = (one, place) => head(one, words, unbroken, place);
  return element("tr", {}, made(name, "name"), ...columns.map(made));
}

function head(one, words, unbroken, place) {
  const arrow = { ascending: "▲", descending: "▼" }[one.sorted] ?? "↕";
  const label = words.sort.replace("{column}", one.title ?? one.name);
  const link = element(
    "a",
    { class: "t-link", href: one.sort, target: "_self", title: label, "data-column": `${place}` },
    ...pieces(one.name, unbroken), " ", element("span", { class: "t-turn", "aria-hidden": "true" }, arrow),
  );
  const below = [one.measure, one.asked, one.when, one.verified].filter(Boolean).map((text) => element("small", {}, ...pieces(text, unbroken)));
  return element("th", { scope: "col", "aria-sort": one.sorted, translate: "no" }, link, ...below);
}

function rowOf(data, scales, [code, name, cells], kind = "") {
  const link = element("a", { class: "t-link", href: leads(data.name.leads, data, code), target: "_self" }, name);
  return element(
    "tr",
    { class: kind, translate: "no" },
    element("th", { scope: "row" }, kind ? name : link),
    ...cells.map((cell, place) => cellOf(data, data.columns[place], scales[place], { code, name }, cell)),
  );
}

/** The address of a row: the country has no code. */
function leads(address, { parameter }, code) {
  return code ? `${address}${address.includes("?") ? "&" : "?"}${parameter}=${encodeURIComponent(code)}` : address;
}

function cellOf(data, column, range, row, [look, figure, past, most, basis, told]) {
  const highest = most ?? undefined;
  const gap = data.gaps[look];
  const label = labelled(data, column, row, { said: [gap ?? meant(data, look, figure), told].filter(Boolean).join(", "), past, highest });
  const mark = element("span", { class: classes(look, gap, figure, column.stale) }, written(data, look, figure));
  const link = { class: "t-link", href: leads(column.leads, data, row.code), target: "_self", "aria-label": label, title: label };
  const inside = column.leads ? element("a", link, mark) : mark;
  const chip = highest === undefined ? "" : element("span", { class: `t-highest t-level-${highest}`, "aria-hidden": "true" }, `${highest}`);
  const rests = basis ? element("small", { class: "t-basis", "aria-hidden": "true" }, basis) : "";
  return element("td", {}, inside, chip, rests, gap ? element("small", {}, gap) : spark(past, range));
}

/** A cell in words: whose figure, what it came to, and what came before. */
function labelled({ words }, column, row, { said, past, highest }) {
  const most = highest === undefined ? "" : `, ${filled(words.highest, highest)}`;
  const before = past.slice(0, -1).map((value) => value ?? "–").join(", ");
  const earlier = before && `; ${words.past.replace("{figures}", before)}`;
  return `${row.name}, ${column.title}: ${said}${most}${earlier}`;
}

const filled = (sentence, level) => sentence.replace("{level}", level);

function meant({ signs, words }, look, figure) {
  if (look === "level") return filled(words.level, figure);
  return signs[look] ? `${figure}, ${signs[look][1]}` : figure;
}

function written({ signs, gaps }, look, figure) {
  if (gaps[look]) return "–";
  return signs[look] ? `${signs[look][0]} ${figure}` : figure;
}

function classes(look, gap, figure, stale) {
  if (gap) return "t-gap";
  const colour = look === "level" ? `t-level-${figure}` : look === "plain" ? "t-plain" : `t-${look}`;
  return `t-status ${colour}${stale ? " t-faded" : ""}`;
}

/** Lowest and highest value of a column among the rows shown: its lines can be compared. */
function scale({ rows, whole }, place) {
  const values = [...rows, ...whole].flatMap(([, , cells]) => cells[place][2]).filter((value) => value !== null);
  return values.length ? [Math.min(...values), Math.max(...values)] : [0, 0];
}

/** What came before as a line, a gap where there is no figure; the cell's label says it in words. */
function spark(past, [low, high]) {
  if (past.filter((value) => value !== null).length < 2) return "";
  const x = (place) => EDGE + (place * (WIDE - 2 * EDGE)) / (past.length - 1);
  const y = (value) => HIGH - EDGE - ((value - low) * (HIGH - 2 * EDGE)) / (high - low || 1);
  let path = "";
  past.forEach((value, place) => {
    if (value !== null) path += `${place && past[place - 1] !== null ? "L" : "M"}${x(place).toFixed(1)},${y(value).toFixed(1)}`;
  });
  const last = past.at(-1);
  const dot = last === null ? "" : element("circle", { cx: x(past.length - 1), cy: y(last), r: 2 });
  const size = { class: "t-past", viewBox: `0 0 ${WIDE} ${HIGH}`, "aria-hidden": "true" };
  return element("svg", size, element("path", { d: path }), dot);
}
