// Our words in both languages, sent with the first document; the address says which one is spoken.
const WORDS = JSON.parse(document.getElementById("t-own-words").textContent);

export function language() {
  return new URLSearchParams(location.search).get("lang") === "en" ? "en" : "th";
}

/** The words of a key in the reader's language, `{name}` filled in. */
export function say(key, values = {}) {
  return WORDS[key][language()].replace(/\{(\w+)\}/g, (_, name) => values[name]);
}
