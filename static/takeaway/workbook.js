// A table as an Excel workbook: one sheet, numbers as numbers, texts that are never run.
import { headLines } from "./page.js";
import { zip } from "./zip.js";

const XMLNS = "http://schemas.openxmlformats.org/spreadsheetml/2006/main";
const OFFICE = "http://schemas.openxmlformats.org/officeDocument/2006/relationships";
const PACKAGE = "http://schemas.openxmlformats.org/package/2006";
const HEAD = '<?xml version="1.0" encoding="UTF-8" standalone="yes"?>\n';
const ABOVE_AND_BELOW = /[\u0e31\u0e34-\u0e3a\u0e47-\u0e4e]/g;
// Looks, in the order of <cellXfs>; number formats follow them.
const [TEXT, TITLE, LINE, MARKED, COLUMN, INERT] = [0, 1, 2, 3, 4, 5];
const LOOKS = 6;

export const TYPE = "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet";

/** The bytes of a workbook with the head of the page above the table. */
export function workbook({ title, heads, rows }, isDemonstration) {
  const lines = headLines().map((line, place) => [[line, isDemonstration && !place ? MARKED : LINE]]);
  const formats = [...new Set(rows.flat().map((cell) => cell?.format).filter(Boolean))];
  const top = [[[title, TITLE]], ...lines, []];
  const table = [heads.map((text) => [text, COLUMN]), ...rows.map((row) => row.map((cell) => styled(cell, formats)))];
  const sheet = worksheet(top, table, widths([heads, ...rows]));
  return zip({
    "[Content_Types].xml": types(),
    "_rels/.rels": relations([["officeDocument", "xl/workbook.xml"]]),
    "xl/workbook.xml": book(title),
    "xl/_rels/workbook.xml.rels": relations([["worksheet", "worksheets/sheet1.xml"], ["styles", "styles.xml"]]),
    "xl/styles.xml": styles(formats),
    "xl/worksheets/sheet1.xml": sheet,
  });
}

function styled(cell, formats) {
  if (cell === null || cell === undefined) return null;
  if (typeof cell === "object") return [cell.value, LOOKS + formats.indexOf(cell.format)];
  return [cell, /^[=+\-@]/.test(cell) ? INERT : TEXT];
}

function worksheet(top, table, columns) {
  const first = top.length + 1;
  const last = `${letters(table[0].length - 1)}${top.length + table.length}`;
  const rows = [...top, ...table].map((row, place) => written(row, place + 1)).join("");
  const cols = columns.map((width, n) => `<col min="${n + 1}" max="${n + 1}" width="${width}" customWidth="1"/>`);
  const pane = `<pane xSplit="1" ySplit="${first}" topLeftCell="B${first + 1}" activePane="bottomRight" state="frozen"/>`;
  return (
    `${HEAD}<worksheet xmlns="${XMLNS}"><sheetPr><pageSetUpPr fitToPage="1"/></sheetPr>` +
    `<sheetViews><sheetView workbookViewId="0">${pane}</sheetView></sheetViews><cols>${cols.join("")}</cols>` +
    `<sheetData>${rows}</sheetData><autoFilter ref="A${first}:${last}"/>` +
    `<pageSetup paperSize="9" orientation="landscape" fitToHeight="0"/></worksheet>`
  );
}

function written(row, number) {
  const cells = row.map((cell, place) => (cell ? cellXml(cell, `${letters(place)}${number}`) : ""));
  return `<row r="${number}">${cells.join("")}</row>`;
}

function cellXml([value, look], at) {
  if (typeof value === "number") return `<c r="${at}" s="${look}"><v>${value}</v></c>`;
  return `<c r="${at}" s="${look}" t="inlineStr"><is><t xml:space="preserve">${escaped(value)}</t></is></c>`;
}

/** Columns as wide as their longest text, within reason; marks above and below take no room. */
function widths(rows) {
  const wide = (cell) => (cell === null || cell === undefined ? 0 : room(cell));
  return rows[0].map((_, place) => Math.min(Math.max(...rows.map((row) => wide(row[place])), 8), 60) + 2);
}

function room(cell) {
  return typeof cell === "object" ? cell.format.split(";")[0].length + 4 : cell.replace(ABOVE_AND_BELOW, "").length;
}

function letters(place) {
  const before = place >= 26 ? letters(Math.floor(place / 26) - 1) : "";
  return before + String.fromCharCode(65 + (place % 26));
}

function styles(formats) {
  const font = (more) => `<font>${more}<sz val="11"/><name val="Sarabun"/><family val="2"/></font>`;
  const fill = (colour) => `<fill><patternFill patternType="solid"><fgColor rgb="FF${colour}"/></patternFill></fill>`;
  const xf = (about, inside = "") => `<xf xfId="0" borderId="0" ${about}>${inside}</xf>`;
  const wrapped = '<alignment wrapText="1" vertical="top"/>';
  const plain = 'fontId="0" fillId="0" numFmtId="0"';
  const looks = [
    xf(`${plain} applyAlignment="1"`, wrapped),
    xf('fontId="2" fillId="0" numFmtId="0" applyFont="1"'),
    xf(plain),
    xf('fontId="1" fillId="2" numFmtId="0" applyFont="1" applyFill="1"'),
    xf('fontId="1" fillId="3" numFmtId="0" applyFont="1" applyFill="1" applyAlignment="1"', wrapped),
    xf(`${plain} quotePrefix="1" applyAlignment="1"`, wrapped),
  ];
  const numbers = formats.map((_, n) => xf(`fontId="0" fillId="0" numFmtId="${164 + n}" applyNumberFormat="1"`));
  const codes = formats.map((code, n) => `<numFmt numFmtId="${164 + n}" formatCode="${escaped(code)}"/>`);
  const numFmts = codes.length ? `<numFmts count="${codes.length}">${codes.join("")}</numFmts>` : "";
  const all = [...looks, ...numbers];
  return (
    `${HEAD}<styleSheet xmlns="${XMLNS}">${numFmts}` +
    `<fonts count="3">${font("")}${font("<b/>")}<font><b/><sz val="14"/><name val="Sarabun"/><family val="2"/></font></fonts>` +
    `<fills count="4"><fill><patternFill patternType="none"/></fill><fill><patternFill patternType="gray125"/></fill>` +
    `${fill("FFC933")}${fill("DDEBF7")}</fills><borders count="1"><border><left/><right/><top/><bottom/><diagonal/></border></borders>` +
    `<cellStyleXfs count="1"><xf numFmtId="0" fontId="0" fillId="0" borderId="0"/></cellStyleXfs><cellXfs count="${all.length}">${all.join("")}</cellXfs>` +
    `<cellStyles count="1"><cellStyle name="Normal" xfId="0" builtinId="0"/></cellStyles></styleSheet>`
  );
}

function book(title) {
  const name = title.replace(/[[\]:*?/\\']/g, " ").replace(/\s+/g, " ").slice(0, 31).trim() || "Truat";
  return (
    `${HEAD}<workbook xmlns="${XMLNS}" xmlns:r="${OFFICE}"><sheets>` +
    `<sheet name="${escaped(name)}" sheetId="1" r:id="rId1"/></sheets></workbook>`
  );
}

function relations(targets) {
  const one = ([kind, target], n) => `<Relationship Id="rId${n + 1}" Type="${OFFICE}/${kind}" Target="${target}"/>`;
  return `${HEAD}<Relationships xmlns="${PACKAGE}/relationships">${targets.map(one).join("")}</Relationships>`;
}

function types() {
  const part = (name, kind) =>
    `<Override PartName="/xl/${name}.xml" ContentType="application/vnd.openxmlformats-officedocument.spreadsheetml.${kind}+xml"/>`;
  return (
    `${HEAD}<Types xmlns="${PACKAGE}/content-types">` +
    `<Default Extension="rels" ContentType="application/vnd.openxmlformats-package.relationships+xml"/>` +
    `<Default Extension="xml" ContentType="application/xml"/>` +
    `${part("workbook", "sheet.main")}${part("worksheets/sheet1", "worksheet")}${part("styles", "styles")}</Types>`
  );
}

function escaped(text) {
  const clean = String(text).replace(/[\u0000-\u0008\u000b\u000c\u000e-\u001f\ufffe\uffff]/g, "");
  return clean.replaceAll("&", "&amp;").replaceAll("<", "&lt;").replaceAll(">", "&gt;").replaceAll('"', "&quot;");
}
