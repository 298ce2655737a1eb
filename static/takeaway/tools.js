// What can be done with the whole page: its address copied, the page printed, its looks set.
import { element } from "../elements.js";
import { addressOfView, colophon } from "./page.js";
import { applySize, openSettings } from "./settings.js";
import { say } from "./words.js";

const TOOLS = { copy, print: () => print(), settings: openSettings };
applySize();

// The buttons are drawn anew with the page; components/frame/header.py writes them.
document.addEventListener("click", ({ target }) => {
  const pressed = target.closest("[data-tool]");
  if (pressed) TOOLS[pressed.dataset.tool](pressed);
});

async function copy() {
  const address = addressOfView();
  const done = await copied(address);
  const said = document.querySelector(".t-said-done");
  said.textContent = say(done ? "copied" : "not_copied");
  setTimeout(() => (said.textContent = ""), 3000);
  if (!done) prompt(say("copy_yourself"), address);
}

/** The clipboard is open to https only; the old way works anywhere. */
async function copied(text) {
  try {
    await navigator.clipboard.writeText(text);
    return true;
  } catch {
    const field = element("textarea", { class: "t-copied", "aria-hidden": "true", tabindex: -1 });
    field.value = text;
    document.body.append(field);
    field.select();
    const done = document.execCommand("copy");
    field.remove();
    return done;
  }
}

/** On paper: what page this is, and what is folded is opened where its contents are there. */
const MOST_OPENED = 12;
let opened = [];
addEventListener("beforeprint", () => {
  const { place, period, moment, source, demonstration } = colophon();
  const lines = [demonstration, place, period, moment, source && say("source", { source })].filter(Boolean);
  const head = element("div", { class: "t-paper-head" }, ...lines.map((line) => element("p", {}, line)));
  document.querySelector("[data-testid='stMainBlockContainer']")?.prepend(head);
  document.documentElement.style.setProperty("--t-folded", JSON.stringify(` ${say("folded")}`));
  const folded = [...document.querySelectorAll("details:not([open])")].filter((one) => one.children.length > 1);
  // A page of many, a why for each figure, say, would be a book: there paper says what is folded.
  opened = folded.length <= MOST_OPENED ? folded : [];
  for (const one of opened) one.open = true;
});
addEventListener("afterprint", () => {
  for (const head of document.querySelectorAll(".t-paper-head")) head.remove();
  for (const one of opened) one.open = false;
  opened = [];
});
