// A table of the page as rows of texts and numbers, and as CSV.
import { headLines, textOf } from "./page.js";
import { say } from "./words.js";

const NUMBER = /^([+−-]?)(\d{1,3}(?:,\d{3})+|\d+)(\.\d+)?(%?)$/;
const COUNTS = /^(?:(\S+) )?\(?([\d,]+)\/([\d,.]+)\)?$/;
const MISSING = new Set(["–", ""]);
const FORMULA = /^[=+\-@\t\r]/;

/** `title`, `heads` and `rows`; a cell is null, a text, or `{ value, format }` for a number. */
export function contents(table) {
  const heads = [...table.tHead.rows].findLast((row) => !row.matches(".t-filters"));
  const columns = [...heads.cells].map((head, place) => column(table, head, place)).filter(Boolean);
  return {
    title: [textOf(table.caption), table.dataset.filtered].filter(Boolean).join(" · "),
    heads: columns.flatMap(({ titles }) => titles),
    rows: bodies(table).map((_, row) => columns.flatMap(({ cells }) => cells[row])),
  };
}

function bodies(table) {
  return [...table.tBodies].flatMap((body) => [...body.rows]).filter((row) => row.cells.length > 1 && !row.hidden);
}

/** A column of numbers, of texts, or of counts as `4/8`, which becomes several. */
function column(table, head, place) {
  if (head.classList.contains("t-bars")) return null;
  const texts = bodies(table).map((row) => textOf(row.cells[place]));
  const given = texts.filter((text) => !MISSING.has(text));
  const title = textOf(head);
  const numbers = given.length > 0 && given.every((text) => NUMBER.test(text));
  const isCode = !head.classList.contains("t-number") && given.some((text) => /^0\d/.test(text));
  if (numbers && !isCode) return { titles: [title], cells: texts.map((text) => [number(text)]) };
  const counts = texts.map((text) => COUNTS.exec(text));
  if (given.length && texts.every((text, row) => MISSING.has(text) || counts[row])) {
    return counted(title, counts);
  }
  return { titles: [title], cells: texts.map((text) => [MISSING.has(text) ? null : number(text, head)]) };
}

function counted(title, counts) {
  const withShare = counts.some((found) => found?.[1]);
  const cells = counts.map((found) => (found ? found.slice(1).map((text) => text && number(text)) : [null, null, null]));
  if (withShare) return { titles: [title, say("number"), say("of")], cells };
  return { titles: [title, say("of")], cells: cells.map(([, ...both]) => both) };
}

/** A number with the format it is shown in; any other text stays as it is. */
function number(text, head) {
  const found = NUMBER.exec(text);
  if (!found || (head && !head.classList.contains("t-number"))) return MISSING.has(text) ? null : text;
  const [, sign, whole, decimals = "", percent] = found;
  const plain = Number(`${whole.replaceAll(",", "")}${decimals}`) * (/[−-]/.test(sign) ? -1 : 1);
  const places = decimals.length - 1;
  const shape = `#,##0${places > 0 ? `.${"0".repeat(places)}` : ""}${percent}`;
  const format = sign === "+" || sign === "−" ? `+${shape};−${shape};${shape}` : shape;
  return { value: percent ? Number((plain / 100).toPrecision(15)) : plain, format };
}

/** The table as CSV with its head; a text that a spreadsheet would run is made inert. */
export function csv({ title, heads, rows }) {
  const lines = [[title], ...headLines().map((line) => [line]), [], heads, ...rows];
  return `\ufeff${lines.map((line) => line.map(field).join(",")).join("\r\n")}\r\n`;
}

function field(cell) {
  if (cell === null || cell === undefined) return "";
  if (typeof cell === "object") return String(cell.value);
  const safe = FORMULA.test(cell) ? `'${cell}` : cell;
  return /[",\r\n]/.test(safe) ? `"${safe.replaceAll('"', '""')}"` : safe;
}
