// Every figure and table of a page has a button with the files it can be taken away as. A file is made
// in the browser, from what stands on the page, when it is asked for.
import { element } from "../elements.js";
import { order } from "./order.js";
import { textOf, tray } from "./page.js";
import { save, fileName } from "./save.js";
import { applyScheme } from "./settings.js";
import { say } from "./words.js";
import "./tools.js";

const TABLES = ".t-table > table, table.t-items";
const FIGURES = "[data-testid='stVegaLiteChart'], .t-map-side, .t-figures > figure";
const menu = element("div", { class: "t-files", popover: "auto", role: "menu" });
document.body.append(menu);

/** Give what is new its button. Streamlit writes a part of the page anew with every change. */
function offer() {
  for (const table of document.querySelectorAll(TABLES)) {
    if (table.tHead && table.caption && !table.caption.querySelector(".t-download")) tray(table).append(button(table, "table"));
  }
  for (const figure of document.querySelectorAll(FIGURES)) {
    const there = figure.querySelector(":scope > .t-take");
    if (there) name(there, figure, "figure");
    else figure.append(button(figure, "figure"));
  }
}

/** A figure may have got another title since. */
function name(made, target, kind) {
  const said = say(kind === "table" ? "take_table" : "take_figure", { title: titleOf(target) });
  if (made.title === said) return;
  for (const attribute of ["aria-label", "title"]) made.setAttribute(attribute, said);
}

function button(target, kind) {
  const icon = element("span", { class: "t-symbol", "aria-hidden": "true", translate: "no" }, "download");
  const made = element("button", { type: "button", class: "t-take t-download", "aria-haspopup": "menu" }, icon);
  name(made, target, kind);
  made.addEventListener("click", (event) => {
    event.stopPropagation();
    open(made, target, kind);
  });
  return made;
}

/** The title of a table or figure: its own, or the heading above it. */
function titleOf(target) {
  if (target.caption) return textOf(target.caption);
  const own = target.querySelector(".t-figure") ?? target.closest(".t-map")?.querySelector("caption");
  if (own) return textOf(own);
  const headings = [...document.querySelectorAll("[data-testid='stMain'] :is(h1, h2)")];
  return textOf(headings.filter((one) => one.compareDocumentPosition(target) & Node.DOCUMENT_POSITION_FOLLOWING).at(-1));
}

function open(from, target, kind) {
  const files = [["png", say("png")], ["svg", say("svg")]];
  if (kind === "table") files.unshift(["xlsx", say("xlsx")], ["csv", say("csv")]);
  menu.setAttribute("aria-label", from.getAttribute("aria-label"));
  menu.replaceChildren(...files.map(([type, said]) => item(type, said, target, from)));
  menu.showPopover();
  const { bottom, right } = from.getBoundingClientRect();
  menu.style.left = `${Math.max(right - menu.offsetWidth, 8)}px`;
  menu.style.top = `${Math.min(bottom + 4, innerHeight - menu.offsetHeight - 8)}px`;
  menu.firstElementChild.focus();
}

function item(type, said, target, from) {
  const made = element("button", { type: "button", role: "menuitem" }, said);
  made.addEventListener("click", async () => {
    menu.hidePopover();
    from.focus();
    from.setAttribute("aria-busy", "true");
    try {
      await deliver(type, target);
    } catch (error) {
      console.warn(error);
      alert(say("not_made"));
    } finally {
      from.removeAttribute("aria-busy");
    }
  });
  return made;
}

async function deliver(type, target) {
  const title = titleOf(target);
  const file = fileName(title, type);
  if (type === "xlsx" || type === "csv") {
    const { contents, csv } = await import("./table.js");
    const table = contents(target);
    if (type === "csv") return save(file, "text/csv;charset=utf-8", csv(table));
    const { workbook, TYPE } = await import("./workbook.js");
    return save(file, TYPE, workbook(table, Boolean(document.querySelector(".t-ribbon"))));
  }
  const { picture, png, written } = await import("./picture.js");
  const made = await picture(target, title);
  return type === "svg" ? save(file, "image/svg+xml", written(made)) : save(file, "image/png", await png(made));
}

menu.addEventListener("keydown", (event) => {
  const items = [...menu.children];
  const step = { ArrowDown: 1, ArrowUp: -1 }[event.key];
  if (!step) return;
  event.preventDefault();
  items.at((items.indexOf(document.activeElement) + step) % items.length).focus();
});

let waiting;
new MutationObserver(() => {
  waiting ??= requestAnimationFrame(() => {
    waiting = undefined;
    offer();
    order();
    applyScheme();
  });
}).observe(document.body, { subtree: true, childList: true });
offer();
order();
