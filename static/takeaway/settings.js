// What a reader sets for themselves in this browser: light or dark, and how large the type is.
import { element } from "../elements.js";
import { say } from "./words.js";

const SIZES = ["normal", "large", "largest"];
const THEMES = { System: "system", Light: "light", Dark: "dark" };
const SIZE = "t-size";
// Streamlit's own memory of the theme, one for each page that is opened first.
const theirKey = (path) => `stActiveTheme-${path}-v2`;
const kept = {
  read: (key) => {
    try {
      return localStorage.getItem(key);
    } catch {
      return null;
    }
  },
  write: (key, value) => {
    try {
      localStorage.setItem(key, value);
    } catch {
      // Nothing is remembered where the browser forbids it.
    }
  },
};
const box = element("div", { class: "t-files t-settings", popover: "auto" });
document.body.append(box);

export function applySize(size = kept.read(SIZE)) {
  if (SIZES.includes(size) && size !== "normal") document.documentElement.dataset.size = size;
  else delete document.documentElement.dataset.size;
}

/** Light or dark as the page is: what stands beside it, as these settings do, follows. */
export function applyScheme() {
  const app = document.querySelector(".stApp");
  const scheme = app ? getComputedStyle(app).colorScheme : "";
  const root = document.documentElement.style;
  if (/^(light|dark)$/.test(scheme) && root.colorScheme !== scheme) root.colorScheme = scheme;
}

/** Open the settings below a button. */
export function openSettings(from) {
  box.setAttribute("aria-label", say("settings"));
  box.replaceChildren(
    group("size", say("size"), SIZES, document.documentElement.dataset.size ?? "normal", setSize),
    group("theme", say("theme"), Object.keys(THEMES), theme(), setTheme),
  );
  box.showPopover();
  const { bottom, right } = from.getBoundingClientRect();
  box.style.left = `${Math.max(Math.min(right, innerWidth - 8) - box.offsetWidth, 8)}px`;
  box.style.top = `${bottom + 4}px`;
  box.querySelector("input:checked")?.focus();
}

function group(name, title, values, chosen, set) {
  const options = values.map((value) => {
    const attributes = { type: "radio", name: `t-${name}`, value, ...(value === chosen && { checked: "checked" }) };
    const field = element("input", attributes);
    field.addEventListener("change", () => set(value));
    return element("label", {}, field, element("span", {}, say(THEMES[value] ?? value)));
  });
  return element("fieldset", {}, element("legend", {}, title), ...options);
}

function setSize(size) {
  kept.write(SIZE, size);
  applySize(size);
}

function theme() {
  const said = kept.read(theirKey(location.pathname)) ?? "";
  return Object.keys(THEMES).find((one) => said.includes(one)) ?? "System";
}

/** Streamlit reads its theme when a page is loaded, and each page has its own memory. */
function setTheme(value) {
  const pages = [...document.querySelectorAll(".t-menu a")].map((link) => new URL(link.href).pathname);
  for (const path of new Set([location.pathname, ...pages])) kept.write(theirKey(path), JSON.stringify(value));
  location.reload();
}
