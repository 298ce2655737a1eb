// Hand a file to the reader.
import { colophon } from "./page.js";

const FORBIDDEN = /[\\/:*?"<>|\u0000-\u001f]+/g;

/** A name that says what is in the file: title, place and period. */
export function fileName(title, kind) {
  const { here, code, demonstration } = colophon();
  const parts = [demonstration && "demo", title, here, code].filter(Boolean);
  return `${parts.join(" - ").replace(FORBIDDEN, " ").replace(/\s+/g, " ").slice(0, 120).trim()}.${kind}`;
}

export function save(name, type, ...pieces) {
  const blob = pieces[0] instanceof Blob ? pieces[0] : new Blob(pieces, { type });
  const link = document.createElement("a");
  link.href = URL.createObjectURL(blob);
  link.download = name;
  link.click();
  setTimeout(() => URL.revokeObjectURL(link.href), 60_000);
}
