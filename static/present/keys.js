// The keys of a presenter, on every page.
//
// p                          begin to present, or stop; Escape stops
// f                          full screen
// While presenting, on whatever the page draws:
// → PageDown Space           follow [data-present="next"], else a[rel="next"]
// ← PageUp                   follow [data-present="previous"], else a[rel="prev"]
// Home, End                  follow [data-present="first"], [data-present="last"]
//                            a long matrix has leaves: they come before the next view
// digits, then Enter         go to that number, where [data-present="items"] says how many there
//                            are in data-of: the parameter `item` of the address, counted from 1
// A link is followed within the app if it is an a.t-link, as any other; a button is pressed. Those
// of a slide count before the page's, the first of several, seen or hidden. A page longer than the window is read down first by
// PageDown and Space. Keys belong to whoever types, and Enter and Space to a button or link that
// has the keyboard.
const PRESENT = "present";
const ITEM = "item";
const LEAF = "leaf";
const TYPING = "input, textarea, select, [contenteditable=''], [contenteditable='true'], [role='textbox'], [role='combobox']";
const PRESSED = "button, summary, a[href], [role='button'], [role='option']";
const OPEN = "dialog[open], :popover-open, [role='listbox']:not(dialog *)";
const SCROLLED = "[data-testid='stMain']";
// A slide takes the whole screen; a page without one can be longer.
const STAGE = ".t-stage";
// The same keys of a Thai keyboard.
const LETTERS = { p: "p", "\u0e22": "p", f: "f", "\u0e14": "f" };
const WAYS = {
  ArrowRight: "next", PageDown: "next", " ": "next", ArrowLeft: "previous", PageUp: "previous", Home: "first", End: "last",
};
const OTHERS = { next: "a[rel='next']", previous: "a[rel='prev']" };
const READS = { PageDown: 1, " ": 1, PageUp: -1, Home: -1, End: 1 };

let typed = "";

const presents = () => new URLSearchParams(location.search).get(PRESENT) === "1";
// A slide covers the page it is of, whose own links then count for nothing.
const shown = () => document.querySelector(STAGE) ?? document;
const found = (way) => shown().querySelector(`[data-present="${way}"]`) ?? shown().querySelector(OTHERS[way] ?? "[data-none]");

addEventListener("keydown", (event) => {
  if (event.ctrlKey || event.metaKey || event.altKey || event.isComposing || event.defaultPrevented) return;
  if (event.target.closest?.(TYPING) || document.querySelector(OPEN)) return;
  const done = always(event) || (presents() && (byNumber(event) || byWay(event)));
  if (!done) return;
  event.preventDefault();
  // A digit of a Thai keyboard is the slash that opens the search.
  event.stopImmediatePropagation();
}, true);

function always({ key, repeat }) {
  const letter = LETTERS[key.toLowerCase()];
  if (letter === "p" && !repeat) change(PRESENT, presents() ? "" : "1");
  else if (letter === "f" && !repeat) fill();
  else if (key === "Escape" && presents()) change(PRESENT, "");
  else return false;
  return true;
}

function byNumber({ key, code }) {
  const items = shown().querySelector("[data-present='items']");
  const digit = /^(?:Digit|Numpad)(\d)$/.exec(code)?.[1];
  if (items && digit) {
    typed = (typed + digit).slice(-3);
    return true;
  }
  const wanted = Number(typed);
  typed = "";
  if (key !== "Enter" || !wanted || !items) return false;
  if (wanted <= Number(items.dataset.of)) change(ITEM, String(wanted));
  return true;
}

function byWay({ key, target, shiftKey }) {
  const way = WAYS[key];
  if (!way || shiftKey || (key === " " && target.closest?.(PRESSED))) return false;
  if (reads(key)) return true;
  const link = found(way);
  link?.click();
  return Boolean(link);
}

/** Read on in a page that is longer than the window; whether there was more to read. */
function reads(key) {
  const page = document.querySelector(SCROLLED);
  if (!(key in READS) || !page || document.querySelector(STAGE)) return false;
  const left = READS[key] > 0 ? page.scrollHeight - page.clientHeight - page.scrollTop : page.scrollTop;
  if (left <= 2) return false;
  // Nothing in it may have the keyboard, and then the browser would not move it.
  page.scrollBy({ top: READS[key] * page.clientHeight * (key === "Home" || key === "End" ? 1000 : 0.9), behavior: "instant" });
  return true;
}

/** Go to the same view with one parameter changed: static/journey.js follows. */
function change(name, value) {
  const url = new URL(location.href);
  if (value) url.searchParams.set(name, value);
  else url.searchParams.delete(name);
  // Another view begins with its first leaf.
  url.searchParams.delete(LEAF);
  document.dispatchEvent(new CustomEvent("t-go", { detail: url.href }));
}

async function fill() {
  try {
    if (document.fullscreenElement) await document.exitFullscreen();
    else await document.documentElement.requestFullscreen();
  } catch (error) {
    console.warn(error);
  }
}
