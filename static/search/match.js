// What a search finds: entries of the index by name, code or place, the best first. Knows no screen.

// How an entry matches, the best first: at last by the name of the place it lies in.
const EXACT = 0, START = 1, CODE = 2, WORD = 3, KIND = 3, INSIDE = 4, PLACE = 5, NOT = 9;
const ORDER = ["page", "region", "province", "district", "hospital", "pcu", "indicator", "rule"];
const AREAS = new Set(["region", "province", "district"]);
// Tone marks, the silencer, the vowel shortener: left out, doubled or misplaced by whoever types.
const MARKS = /[\u0e47-\u0e4e\u0e3a\u200b-\u200d\ufeff\u00ad]/g;
const VOWELS = /[\u0e30-\u0e45]/g;
const LEAST_SKELETON = 3;
const NUMBER = /^\d+$/;

/** A text for comparing: words of small letters and digits, one space between them. */
export function fold(text) {
  return text
    .normalize("NFKC")
    .toLowerCase()
    .replace(/\u0e4d?\u0e32|\u0e33/g, "\u0e32")
    .replace(MARKS, "")
    .replace(/\u0e40\u0e40/g, "\u0e41")
    .replace(/[\u0e50-\u0e59]/g, (digit) => digit.charCodeAt(0) - 0x0e50)
    .replace(/[^\p{L}\p{M}\p{N}]+/gu, " ")
    .trim();
}

/** Without spaces: Thai has none between words, and people put them anywhere. */
const closeUp = (text) => text.replaceAll(" ", "");
/** A code without the zeros before it, which get lost in Excel. */
const bareNumber = (code) => code.replace(/^0+/, "");
/** Consonants alone, for a name whose vowels are misplaced or wrong. */
const skeleton = (text) => closeUp(text).replace(VOWELS, "");

/** The index as it was sent, made ready for searching. */
export function prepared({ words, areaPages, entries }) {
  const heads = Object.fromEntries(
    Object.entries(words).map(([kind, some]) => [kind, longestFirst(some.map(fold).map(closeUp))]),
  );
  const read = entries.map((row) => entry(row, heads));
  const areas = new Map(read.filter(({ kind }) => AREAS.has(kind)).map((one) => [one.code, one]));
  for (const one of read) one.places = places(one, areas);
  return { heads, areaPages, entries: read.sort(inOrder) };
}

/** What matches equally well is found in this order. */
function inOrder(a, b) {
  return (
    ORDER.indexOf(a.kind) - ORDER.indexOf(b.kind) ||
    Boolean(a.closed) - Boolean(b.closed) ||
    a.names[0].whole.length - b.names[0].whole.length ||
    (a.code < b.code ? -1 : 1)
  );
}

const longestFirst = (texts) => texts.sort((a, b) => b.length - a.length);

function entry([kind, code, th, en, under, codes, closed, page, criterion], heads) {
  const names = [th, en].map((text) => named(text, heads[kind] ?? []));
  const known = [code, ...codes].map((one) => closeUp(fold(one)));
  const numbers = known.filter((one) => NUMBER.test(one)).map(bareNumber);
  return { kind, code, th, en, under, closed, page, criterion, names, codes: known, numbers };
}

/** A name whole and without the word for what it is, and where in it words begin. */
function named(text, heads) {
  const folded = fold(text);
  const whole = closeUp(folded);
  const starts = new Set();
  let at = 0;
  for (const word of folded.split(" ")) {
    starts.add(at);
    at += word.length;
  }
  const before = heads.find((head) => opens(head, folded, whole)) ?? "";
  const after = before ? "" : (heads.find((head) => folded.endsWith(` ${head}`)) ?? "");
  starts.add(before.length);
  return { whole, bare: whole.slice(before.length, whole.length - after.length), starts };
}

/** Whether a name opens with this word; a short one may be the letters of another. */
function opens(head, folded, whole) {
  if (folded.startsWith(`${head} `)) return true;
  return head.length > 2 && whole.startsWith(head) && whole !== head;
}

/** The names of the areas a facility or an area lies in, from the nearest up. */
function places(one, areas) {
  const found = [];
  for (let up = areas.get(one.under); up; up = areas.get(up.under)) found.push(up);
  return found;
}

/** All that matches, the best first; nothing for an empty query. */
export function find(index, query) {
  const words = fold(query).split(" ").filter(Boolean);
  if (!words.length) return [];
  const whole = new Word(words.join(""), index);
  const each = words.length > 1 ? words.map((word) => new Word(word, index)) : [];
  const ranked = scored(index.entries, (one) => {
    const together = whole.rank(one);
    return each.length && together > START ? Math.min(together, worst(each, one)) : together;
  });
  return ranked.length ? ranked : scored(index.entries, (one) => whole.resembles(one));
}

/** Every word has to match, in whatever way; the worst of them counts. */
function worst(words, one) {
  let rank = EXACT;
  for (const word of words) {
    rank = Math.max(rank, word.rank(one));
    if (rank === NOT) break;
  }
  return rank;
}

/** Those that match, by rank; the entries are in order already. */
function scored(entries, rankOf) {
  const ranks = Array.from({ length: NOT }, () => []);
  for (const one of entries) ranks[rankOf(one)]?.push(one);
  return ranks.flat();
}

/** A word of a query, and how well it matches an entry. */
class Word {
  constructor(text, { heads }) {
    this.text = text;
    this.number = text.length > 2 && NUMBER.test(text) ? bareNumber(text) : "";
    this.kinds = new Set(Object.keys(heads).filter((kind) => heads[kind].includes(text)));
    // The word as it is, and without what it says of the kind: `รพ` of `รพแมริม`.
    this.rests = Object.fromEntries(ORDER.map((kind) => [kind, rests(text, heads[kind] ?? [])]));
    this.areas = new Map();
  }

  rank(one) {
    const [th, en] = one.names;
    const best = Math.min(this.byCode(one), this.byName(th, one.kind), this.byName(en, one.kind));
    // Rules are sentences: what begins one is a word like any other.
    if (best < NOT) return one.kind === "rule" && best > EXACT ? Math.max(best, INSIDE) : best;
    if (this.kinds.has(one.kind)) return KIND;
    return one.places.some((area) => this.isOf(area)) ? PLACE : NOT;
  }

  byCode({ codes, numbers }) {
    const { text, number } = this;
    if (codes.includes(text) || (number && numbers.includes(number))) return EXACT;
    return text.length > 2 && codes.some((code) => code.startsWith(text)) ? CODE : NOT;
  }

  byName({ whole, bare, starts }, kind) {
    if (whole === this.text) return EXACT;
    let found = !this.kinds.size && whole.startsWith(this.text);
    for (const rest of this.rests[kind]) {
      if (bare === rest) return EXACT;
      found ||= bare.startsWith(rest);
    }
    if (found) return START;
    let at = whole.indexOf(this.text);
    if (at < 0) return NOT;
    if (this.kinds.size) return INSIDE;
    for (; at >= 0; at = whole.indexOf(this.text, at + 1)) if (starts.has(at)) return WORD;
    return INSIDE;
  }

  /** Whether an area's name, or a word of it, begins like this. */
  isOf(area) {
    if (!this.areas.has(area)) {
      this.areas.set(area, area.names.some((name) => this.byName(name, area.kind) <= WORD));
    }
    return this.areas.get(area);
  }

  /** The last resort: the same consonants in the same order. */
  resembles(one) {
    const wanted = skeleton(this.rests[one.kind].at(-1));
    if (wanted.length < LEAST_SKELETON) return NOT;
    one.bones ??= one.names.map(({ bare }) => skeleton(bare));
    if (one.bones.includes(wanted)) return EXACT;
    if (one.bones.some((text) => text.startsWith(wanted))) return START;
    return one.bones.some((text) => text.includes(wanted)) ? INSIDE : NOT;
  }
}

function rests(text, heads) {
  const within = heads.filter((head) => text.startsWith(head) && text !== head);
  return [text, ...within.map((head) => text.slice(head.length)).reverse()];
}

