// The way of a reader through the app: links, Back, and the why that the address names.
//
// A why is a <details data-why="…">. The address names the one that was opened last, so that a
// copied link opens the same and Back closes it. Opening needs no server, so none is asked.
const WHY = "why";
const SCROLLED = "[data-testid='stMain']";
const PAGE = "[data-testid='stMainBlockContainer']";
const RUNNING = "[data-testid='stApp']:not([data-test-script-state='notRunning'])";
// A page that has not changed for so long stands as it will stay.
const SETTLED = 800;
const COMING = "t-coming";
const UNDRAWN = "[data-testid='stSkeleton']";
const FOLLOWED = "followed";
const TOPS = "t-tops";

// The address that the page on the screen is of.
let here = location.href;
// How far down each entry of the history was read.
const tops = new Map(JSON.parse(kept() ?? "[]"));
const entry = () => window.navigation?.currentEntry?.key ?? location.href;
const scrolled = () => document.querySelector(SCROLLED);
const named = (address = location.href) => new URL(address).searchParams.get(WHY) ?? "";
const push = writing(history.pushState);
const replace = writing(history.replaceState);

/** What writes an address into the history, and keeps how far down the page before was read. */
function writing(method) {
  return (state, address) => {
    remember();
    method.call(history, state, "", address);
    here = location.href;
  };
}

function remember() {
  const top = scrolled()?.scrollTop;
  if (top !== undefined) tops.set(entry(), top);
}

/** The address without its why: what the server has to know. */
function told(address) {
  const url = new URL(address, location.href);
  url.searchParams.delete(WHY);
  url.searchParams.sort();
  return url.pathname + url.search;
}

function naming(why, address = location.href) {
  const url = new URL(address, location.href);
  url.searchParams.delete(WHY);
  if (why) url.searchParams.set(WHY, why);
  return url;
}

// Streamlit writes an address whenever a filter changes, and knows nothing of whys opened since.
const knowing = (write) => (state, _title, address) => {
  const stays = new URL(address, location.href).pathname === location.pathname;
  write(state, stays ? naming(named(), address) : address);
};
history.pushState = knowing(push);
history.replaceState = knowing(replace);

function kept() {
  try {
    return sessionStorage.getItem(TOPS);
  } catch {
    return null;
  }
}

function keep() {
  try {
    sessionStorage.setItem(TOPS, JSON.stringify([...tops].slice(-50)));
  } catch {
    // Without storage Back still works until the page is loaded anew.
  }
}

// Where the page is to stand once it has come; null when it does, or the reader went elsewhere.
let goal = null;
let frame = 0;
let timer = 0;
let closing = false;
const sizes = new ResizeObserver(() => follow());

/** Bring the page to its why, or to where it was read before, or to its beginning. */
function arrive(top) {
  goal = { top, focused: false };
  follow();
}

/** Look, with the next picture, whether there is more to do. */
function follow() {
  if (frame) return;
  frame = requestAnimationFrame(() => {
    frame = 0;
    reveal();
    const opened = open();
    if (!goal) return;
    for (const page of document.querySelectorAll(PAGE)) sizes.observe(page);
    stand(opened);
    clearTimeout(timer);
    timer = setTimeout(settle, SETTLED);
  });
}

function settle() {
  if (document.querySelector(RUNNING) || isComing()) timer = setTimeout(settle, SETTLED);
  else rest();
}

function rest() {
  goal = null;
  sizes.disconnect();
}

/** Open and mark the why of the address and whatever it lies in; the element, if it is there. */
function open() {
  const [wanted, ...inside] = found(named());
  if (!wanted) outer(named())?.setAttribute("open", "");
  for (const marked of document.querySelectorAll("details[data-here]")) {
    if (marked !== wanted) marked.removeAttribute("data-here");
  }
  for (const part of inside) {
    if (!("seen" in part.dataset)) part.open = true;
    part.dataset.seen = "";
  }
  if (!wanted || "here" in wanted.dataset) return wanted;
  wanted.dataset.here = "";
  for (let part = wanted; part; part = part.parentElement?.closest("details")) part.open = true;
  return wanted;
}

/** The whys of a name; a result that has tests has a second one inside the first. */
function found(name) {
  return name ? document.querySelectorAll(`details[data-why="${CSS.escape(name)}"]`) : [];
}

/** What a why is fetched with that is not there yet: that of the whole it is a part of. */
function outer(name) {
  const whole = name.replace(/\.?[^.]*$/, "");
  return whole ? (found(whole)[0] ?? outer(whole)) : undefined;
}

function stand(opened) {
  if (goal.top !== undefined) scrolled()?.scrollTo(0, goal.top);
  else if (opened) show(opened);
  else scrolled()?.scrollTo(0, 0);
}

/** The why below the line it explains; the keyboard goes on from there. */
function show(opened) {
  (opened.closest("tbody") ?? opened).scrollIntoView({ block: "start" });
  const summary = opened.querySelector("summary");
  if (isComing() || (goal.focused && document.activeElement !== document.body)) return;
  summary.focus({ preventScroll: true });
  goal.focused = document.activeElement === summary;
}

/** Go to an address within the app. */
function go(address, top) {
  const url = new URL(address, location.href);
  const stays = told(url) === told(here);
  (url.href === location.href ? replace : push)(null, url);
  if (stays) reopen();
  else dispatchEvent(new PopStateEvent("popstate", { state: FOLLOWED }));
  arrive(top);
}

/** Whatever was marked before is opened anew when it is asked for again. */
function reopen() {
  document.querySelector("details[data-here]")?.removeAttribute("data-here");
}

// Before Streamlit hears of it: Back from one why to another, or to none, needs no server.
addEventListener("popstate", (event) => {
  if (event.state === FOLLOWED) return;
  const [before, now] = [named(here), named()];
  const stays = told(here) === told(location.href);
  here = location.href;
  // A part of the page was gone to, which browsers know how to do.
  if (stays && before === now && location.hash) return;
  if (stays && before !== now) {
    event.stopImmediatePropagation();
    for (const left of found(before)) left.open = false;
    follow();
    if (closing) return void (closing = false);
  }
  arrive(tops.get(entry()) ?? (now ? undefined : 0));
}, true);

document.addEventListener("click", (event) => {
  const link = event.target.closest("a.t-link");
  if (!link || event.button || event.ctrlKey || event.metaKey || event.shiftKey || event.altKey) return;
  event.preventDefault();
  // Whoever has a table sorted stays at it.
  go(link.href, link.matches("[data-order]") ? scrolled()?.scrollTop : undefined);
});
// What is no link and leads somewhere all the same: an area of the map.
document.addEventListener("t-go", ({ detail }) => go(detail));

// A why that is opened by hand is named by the address; closed again, it is not.
document.addEventListener("click", ({ target }) => {
  const why = target.closest("summary")?.parentElement;
  if (!why?.matches("details[data-why]")) return;
  const { why: name } = why.dataset;
  if (!why.open) {
    if (named() === name) return;
    push({ opened: name }, naming(name));
  } else if (named() === name) {
    if (history.state?.opened === name) {
      closing = true;
      history.back();
      return;
    }
    replace(history.state, naming(""));
  }
  follow();
});

/** Whether the page that is loaded is not shown yet: what is hidden cannot have the keyboard. */
function isComing() {
  return document.documentElement.classList.contains(COMING);
}

/** Show a page that is loaded once it stands: all of it, or as much as the window holds. */
function reveal() {
  if (!isComing()) return;
  const page = document.querySelector(PAGE);
  if (!page?.querySelector("h1, [role='alert']") || page.querySelector(UNDRAWN)) return;
  const isThere = !document.querySelector(RUNNING) || page.offsetHeight > 1.5 * innerHeight;
  if (isThere) document.documentElement.classList.remove(COMING);
}

for (const kind of ["wheel", "touchstart", "pointerdown", "keydown"]) {
  addEventListener(kind, rest, { capture: true, passive: true });
}
addEventListener("scroll", ({ target }) => {
  if (goal || !target.matches?.(SCROLLED)) return;
  tops.set(entry(), target.scrollTop);
}, true);
addEventListener("pagehide", keep);

new MutationObserver(follow).observe(document.body, {
  subtree: true,
  childList: true,
  attributeFilter: ["data-test-script-state"],
});
arrive(window.performance.getEntriesByType("navigation")[0]?.type === "navigate" ? undefined : tops.get(entry()));
