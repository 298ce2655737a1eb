// What a page says of itself: whatever is taken away from it says the same.
import { say } from "./words.js";

/** The text of an element as it is read: without signs, buttons and what is hidden. */
export function textOf(element) {
  if (!element) return "";
  const copy = element.cloneNode(true);
  for (const part of copy.querySelectorAll(".t-take, .t-tray")) part.remove();
  const bare = copy.cloneNode(true);
  for (const part of bare.querySelectorAll("[aria-hidden='true']")) part.remove();
  // Parts that stand below one another are no one word.
  for (const part of bare.querySelectorAll("small, p, div, li, br")) part.before(" ");
  const said = bare.textContent.replace(/\s+/g, " ").trim();
  return said || bare.querySelector("[aria-label]")?.getAttribute("aria-label") || "";
}

/** Where the buttons of a table stand: at its caption, in sight however far it is scrolled. */
export function tray(table) {
  const there = table.caption.querySelector(".t-tray");
  if (there) return there;
  const made = document.createElement("span");
  made.className = "t-tray";
  table.caption.prepend(made);
  return made;
}

/** Place, key message, period, moment and source documents of the page; lines that the page lacks are empty. */
export function colophon() {
  const main = document.querySelector("[data-testid='stMain']") ?? document.body;
  const places = [...main.querySelectorAll(".t-breadcrumb li")].map(textOf);
  const foot = main.querySelector(".t-colophon");
  const part = (name) => textOf(foot?.querySelector(`.t-${name}`));
  return {
    place: places.join(" › "),
    here: places.at(-1) ?? "",
    message: textOf(main.querySelector("h1")),
    period: part("period"),
    moment: part("moment"),
    source: [...(foot?.querySelectorAll(".t-document") ?? [])].map(textOf).join(" · "),
    demonstration: textOf(document.querySelector(".t-ribbon")),
    code: foot?.dataset.period ?? "",
  };
}

/** The head of a file: each line only where the page says it. */
export function headLines(about = colophon()) {
  const source = about.source && say("source", { source: about.source });
  return [about.demonstration, about.place, about.message, about.period, about.moment, source].filter(Boolean);
}

/** The address of this view for somebody else: with its period, which else means the newest. */
export function addressOfView() {
  const address = new URL(location.href);
  const { code } = colophon();
  if (code && !address.searchParams.has("period")) address.searchParams.set("period", code);
  address.hash = "";
  return address.href;
}
