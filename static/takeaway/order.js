// Tables of the page sorted and filtered by column, in the browser alone.
import { element } from "../elements.js";
import { textOf, tray } from "./page.js";
import { language, say } from "./words.js";

const TABLES = ".t-table:not(.t-levels) > table";
const LEAST_SORTED = 4;
const LEAST_FILTERED = 8;
const NEED = ["t-fail", "t-watch", "t-pass", "t-none"];
const BOUND = /^(>=|<=|>|<)\s*(-?[\d.]+)$/;
const HOLDS = { ">": (a, b) => a > b, "<": (a, b) => a < b, ">=": (a, b) => a >= b, "<=": (a, b) => a <= b };

/** Give tables their buttons; those that show a part of their rows would be sorted wrongly. */
export function order() {
  for (const table of document.querySelectorAll(TABLES)) {
    if (!table.tHead || table.matches(".t-ordered") || table.closest(".t-part")) continue;
    table.classList.add("t-ordered");
    const rows = [...(table.tBodies[0]?.rows ?? [])];
    if (rows.length < LEAST_SORTED || table.tBodies.length > 1) continue;
    const heads = [...table.tHead.rows[0].cells];
    const state = { table, rows, heads };
    heads.forEach((head, place) => head.matches("th") && sortable(state, head, place));
    if (rows.length >= LEAST_FILTERED) filterable(state);
  }
}

function sortable(state, head, place) {
  const button = element("button", { type: "button", class: "t-sort" });
  button.append(...head.childNodes);
  head.append(button);
  button.addEventListener("click", () => {
    const keys = new Map(state.rows.map((row) => [row, key(row.cells[place])]));
    const number = [...keys.values()].some((one) => typeof one === "number");
    const [first, second] = number ? ["descending", "ascending"] : ["ascending", "descending"];
    const next = { [first]: second, [second]: "" }[head.getAttribute("aria-sort")] ?? first;
    for (const other of state.heads) other.removeAttribute("aria-sort");
    if (next) head.setAttribute("aria-sort", next);
    const sorted = next ? [...state.rows].sort(compare(keys, next)) : state.rows;
    state.table.tBodies[0].append(...sorted);
  });
}

/** What a cell is sorted by: its status, its number, else its text; null where it is empty. */
function key(cell) {
  const status = cell.querySelector(".t-status");
  const need = NEED.findIndex((kind) => status?.classList.contains(kind));
  const text = textOf(cell);
  if (text === "–" || text === "") return null;
  if (cell.matches(".t-number")) return number(text) ?? text;
  return need >= 0 ? `${need}${text}` : text;
}

function number(text) {
  const found = /[+−-]?[\d,]+(\.\d+)?/.exec(text);
  return found ? Number(found[0].replaceAll(",", "").replace("−", "-")) : null;
}

function compare(keys, way) {
  const collator = new Intl.Collator(language(), { numeric: true });
  const turn = way === "descending" ? -1 : 1;
  return (one, other) => {
    const [a, b] = [keys.get(one), keys.get(other)];
    // What is missing stands last, whichever way.
    if (a === null || b === null) return (a === null) - (b === null);
    if (typeof a === "number" && typeof b === "number") return turn * (a - b);
    return turn * collator.compare(String(a), String(b));
  };
}

function filterable(state) {
  const { table, heads } = state;
  const icon = element("span", { class: "t-symbol", "aria-hidden": "true", translate: "no" }, "filter_list");
  const name = say("filter");
  const button = element("button", { type: "button", class: "t-take t-filter", "aria-expanded": "false", title: name, "aria-label": name }, icon);
  const said = element("span", { class: "t-filtered", role: "status" });
  const row = element("tr", { class: "t-filters" }, ...heads.map((head) => filterCell(state, head)));
  button.addEventListener("click", () => {
    const open = !row.isConnected;
    button.setAttribute("aria-expanded", open);
    if (open) table.tHead.append(row);
    else row.remove();
    for (const field of row.querySelectorAll("input")) if (!open) field.value = "";
    filter(state, row, said);
    row.querySelector("input")?.focus();
  });
  row.addEventListener("input", () => filter(state, row, said));
  if (table.caption) tray(table).prepend(said, button);
}

function filterCell(_state, head) {
  if (!head.matches("th")) return element("td", {});
  const label = say("filter_by", { column: textOf(head) });
  return element("td", {}, element("input", { type: "search", "aria-label": label, placeholder: head.matches(".t-number") ? "> 0" : "" }));
}

/** Hide the rows that one of the fields rules out: a part of a text, or a bound such as `> 50`. */
function filter({ rows, table }, row, said) {
  const wanted = [...row.cells].map((cell) => cell.querySelector("input")?.value.trim().toLowerCase() ?? "");
  for (const one of rows) one.hidden = !wanted.every((text, place) => !text || fits(one.cells[place], text));
  const left = rows.filter((one) => !one.hidden).length;
  said.textContent = left < rows.length ? say("filtered", { count: left, of: rows.length }) : "";
  table.dataset.filtered = said.textContent;
}

function fits(cell, wanted) {
  const bound = BOUND.exec(wanted);
  const text = textOf(cell);
  if (!bound) return text.toLowerCase().includes(wanted);
  const value = number(text);
  return value !== null && HOLDS[bound[1]](value, Number(bound[2]));
}
