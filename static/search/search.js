// The search over every page: opened by its button or by /, it finds while one types and asks nobody.
import { element } from "../elements.js";
import { find, prepared } from "./match.js";

const { address, words: WORDS } = JSON.parse(document.getElementById("t-search-words").textContent);
const EACH = 6; // results of a kind at a time
const TYPING = "input, textarea, select, [contenteditable=''], [contenteditable='true'], [role='textbox']";
const HOME = "overview"; // the page at "/"
// Where the slash is on a Thai keyboard.
const KEYS = new Set(["/", "\u0e1d"]);

let index;
let state = "loading";

function language() {
  return new URLSearchParams(location.search).get("lang") === "en" ? "en" : "th";
}

function said(name, places = {}) {
  const text = WORDS[name][language() === "en" ? 1 : 0];
  return text.replace(/\{(\w+)\}/g, (_, place) => places[place]);
}

/** The index as it is now; a browser that has it is told so, and keeps what it read of it. */
let tag;
async function load() {
  try {
    const url = new URL(address, document.baseURI);
    // The names of the store that this viewer sees.
    const store = new URLSearchParams(location.search).get("store");
    if (store) url.searchParams.set("store", store);
    const answer = await fetch(url, { cache: "no-cache" });
    if (!answer.ok) throw new Error(`${answer.status}`);
    if (!index || answer.headers.get("etag") !== tag) index = prepared(await answer.json());
    tag = answer.headers.get("etag");
    state = "ready";
  } catch (error) {
    console.warn(error);
    if (!index) state = "failed";
  }
}

/** Where a result leads: its page with the filters chosen so far. */
function leadsTo(one) {
  const query = new URLSearchParams(location.search);
  query.delete("why");
  // An older address names a facility as its area.
  if (/^\d/.test(query.get("area") ?? "")) query.delete("area");
  const set = (page, changed = {}) => {
    for (const [key, value] of Object.entries(changed)) value ? query.set(key, value) : query.delete(key);
    const path = page === HOME ? "./" : page;
    return new URL(`${path}${query.size ? `?${query}` : ""}`, document.baseURI).href;
  };
  switch (one.kind) {
    case "page": return set(one.code);
    case "hospital":
    case "pcu": return set("facility", { facility: one.code, list: "" });
    case "indicator": return set(one.page, { criterion: one.criterion });
    case "rule": return set("criteria", { q: one.code, theme: "", year: "" });
    default: {
      const page = index.areaPages.includes(here()) ? here() : HOME;
      return set(page, { area: one.code, facility: "", list: "" });
    }
  }
}

/** The page of the menu that the address names. */
function here() {
  const base = new URL(document.baseURI).pathname.replace(/[^/]*$/, "");
  return location.pathname.slice(base.length).replaceAll("/", "") || HOME;
}

class Search {
  constructor() {
    this.field = element("input", {
      type: "text", role: "combobox", "aria-autocomplete": "list", "aria-expanded": "false",
      "aria-controls": "t-found", autocomplete: "off", autocapitalize: "off", autocorrect: "off",
      spellcheck: "false", enterkeyhint: "go", maxlength: "200",
    });
    this.shut = element("button", { type: "button", class: "t-search-shut" }, "✕");
    this.list = element("div", { id: "t-found", role: "listbox" });
    this.told = element("p", { role: "status", class: "t-search-told" });
    this.keys = element("p", { class: "t-search-keys", "aria-hidden": "true" });
    const row = element("div", { class: "t-search-field" }, this.field, this.shut);
    this.dialog = element("dialog", { class: "t-search", translate: "no" }, row, this.told, this.list, this.keys);
    this.field.addEventListener("input", () => this.search());
    this.field.addEventListener("keydown", (event) => this.keydown(event));
    this.shut.addEventListener("click", () => this.dialog.close());
    this.dialog.addEventListener("click", (event) => this.click(event));
    this.list.addEventListener("pointermove", ({ target }) => this.point(target));
    document.body.append(this.dialog);
  }

  async open() {
    if (this.dialog.open) return;
    this.dialog.setAttribute("aria-label", said("title"));
    this.field.setAttribute("aria-label", said("hint"));
    this.field.placeholder = said("hint");
    this.shut.setAttribute("aria-label", said("close"));
    this.list.setAttribute("aria-label", said("title"));
    this.keys.textContent = said("keys");
    this.dialog.showModal();
    this.field.select();
    this.search();
    const known = index;
    await load();
    if (this.dialog.open && (index !== known || state === "failed")) this.search();
  }

  search() {
    const query = this.field.value.trim();
    const found = !index ? [] : query ? find(index, query) : index.entries.filter(({ kind }) => kind === "page");
    this.options = [];
    const kinds = Map.groupBy ? Map.groupBy(found, ({ kind }) => kind) : grouped(found);
    const most = query ? EACH : found.length;
    this.list.replaceChildren(...[...kinds].map(([kind, some]) => this.group(kind, some, most)));
    this.field.setAttribute("aria-expanded", String(this.options.length > 0));
    this.told.textContent = this.tells(query, found.length);
    this.list.scrollTop = 0;
    this.choose(0);
  }

  tells(query, count) {
    if (!index) return said(state);
    if (!query) return "";
    return count ? said("found", { count: count.toLocaleString("en") }) : said("nothing", { query });
  }

  group(kind, some, most) {
    const id = `t-found-${kind}`;
    const count = some.length > most ? said("first", { count: most, all: some.length.toLocaleString("en") }) : "";
    const title = element("p", { id, role: "presentation" }, said(kind), count && element("small", {}, count));
    const options = some.slice(0, most).map((one) => this.option(one));
    return element("div", { role: "group", "aria-labelledby": id }, title, ...options);
  }

  /** A link of the app: followed as any other, in one step of the history. */
  option(one) {
    const name = element("span", { class: "t-search-name" }, one[language()]);
    const below = describes(one);
    const closed = one.closed && element("span", { class: "t-status t-none" }, said("closed", { day: day(one.closed) }));
    const link = element(
      "a",
      {
        id: `t-found-${this.options.length}`, class: "t-link", role: "option", tabindex: "-1",
        "aria-selected": "false", target: "_self", href: leadsTo(one),
      },
      name, closed, below && element("small", {}, below),
    );
    this.options.push(link);
    return link;
  }

  choose(place) {
    this.options[this.place]?.setAttribute("aria-selected", "false");
    this.options.forEach((one) => one.setAttribute("aria-selected", "false"));
    this.place = this.options.length ? (place + this.options.length) % this.options.length : 0;
    const chosen = this.options[this.place];
    if (!chosen) return this.field.removeAttribute("aria-activedescendant");
    chosen.setAttribute("aria-selected", "true");
    chosen.scrollIntoView({ block: "nearest" });
    this.field.setAttribute("aria-activedescendant", chosen.id);
  }

  keydown(event) {
    // While letters are still being composed, Enter and the arrows belong to the keyboard.
    if (event.isComposing || event.keyCode === 229) return;
    const moves = { ArrowDown: 1, ArrowUp: -1, PageDown: EACH, PageUp: -EACH };
    if (event.key in moves) {
      event.preventDefault();
      const step = moves[event.key];
      const last = this.options.length - 1;
      const far = Math.abs(step) > 1;
      this.choose(far ? Math.min(Math.max(this.place + step, 0), last) : this.place + step);
    } else if (event.key === "Enter") {
      event.preventDefault();
      this.options[this.place]?.click();
    }
  }

  click(event) {
    const { target } = event;
    const opensElsewhere = event.ctrlKey || event.metaKey || event.shiftKey;
    // Outside of its contents is the dialog itself, and its backdrop.
    if (target === this.dialog || (target.closest("[role=option]") && !opensElsewhere)) this.dialog.close();
  }

  point(target) {
    const place = this.options.indexOf(target.closest("[role=option]"));
    if (place >= 0 && place !== this.place) this.choose(place);
  }
}

function grouped(found) {
  const kinds = new Map();
  for (const one of found) kinds.set(one.kind, [...(kinds.get(one.kind) ?? []), one]);
  return kinds;
}

/** What stands below a name: the code, and what it lies in or belongs to. */
function describes(one) {
  const names = one.places.map((up) => up[language()]);
  if (one.kind === "hospital" || one.kind === "pcu") return [one.code, ...names.slice(0, 2)].join(" · ");
  if (one.kind === "indicator") return index.entries.find(({ kind, code }) => kind === "page" && code === one.page)[language()];
  if (Array.isArray(one.under)) return one.under[language() === "en" ? 1 : 0];
  return names.join(" · ");
}

/** A day of the register in the calendar of the reader. */
function day(text) {
  const calendar = language() === "en" ? "en-GB" : "th-TH-u-ca-buddhist-nu-latn";
  return new Intl.DateTimeFormat(calendar, { day: "numeric", month: "short", year: "numeric", timeZone: "UTC" }).format(new Date(text));
}

const search = new Search();

document.addEventListener("keydown", (event) => {
  if (!KEYS.has(event.key) || event.ctrlKey || event.metaKey || event.altKey || event.isComposing) return;
  if (event.target.closest?.(TYPING) || document.querySelector("dialog[open]")) return;
  event.preventDefault();
  search.open();
});
document.addEventListener("click", ({ target }) => {
  if (target.closest("[data-opens='search'], .t-search-open")) search.open();
});
// So that the first letter finds as fast as the tenth.
(globalThis.requestIdleCallback ?? setTimeout)(() => load().then(() => search.dialog.open && search.search()));
