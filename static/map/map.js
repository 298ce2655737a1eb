// The map and its ranking: what components/parts/province_map.py sends, drawn, pointed at and chosen.
import { element } from "../elements.js";
import { pattern, status, styled } from "./elements.js";
import { Picture } from "./picture.js";
import { atlas } from "./shapes.js";

const ARROWS = { ArrowUp: [0, -1], ArrowDown: [0, 1], ArrowLeft: [-1, 0], ArrowRight: [1, 0] };
const maps = new WeakMap();
let made = 0;

/** Streamlit calls this first and after every change, and at the end what it returns. */
export default async function show({ data, parentElement }) {
  if (!maps.has(parentElement)) maps.set(parentElement, new ProvinceMap(parentElement));
  const map = maps.get(parentElement);
  await map.show(data);
  return () => {
    maps.delete(parentElement);
    map.leave();
  };
}

class ProvinceMap {
  constructor(parent) {
    this.id = `t-map-${++made}`;
    const hint = `${this.id}-hint`;
    this.svg = element("svg", { role: "group", "aria-describedby": hint });
    this.tip = element("div", { class: "t-map-tip", "aria-hidden": "true", hidden: "hidden" });
    this.title = element("p", { class: "t-map-title", "aria-hidden": "true" });
    this.chart = element("div", { class: "t-map-chart" }, this.svg, this.tip);
    this.key = element("ul", { class: "t-map-key", role: "list" });
    this.hint = element("p", { class: "t-map-hint", id: hint });
    this.list = element("div", { class: "t-map-list t-table" });
    const side = element("div", { class: "t-map-side" }, this.title, this.chart, this.key, this.hint);
    this.root = element("div", { class: "t-map" }, element("div", {}, side, this.list));
    this.picture = new Picture(this.svg, this.id);
    parent.append(this.root);
    for (const kind of ["click", "keydown", "pointerover", "pointerout", "focusin", "focusout"]) {
      this.root.addEventListener(kind, (event) => this[kind](event));
    }
    this.resized = new ResizeObserver(() => this.plot());
    this.resized.observe(this.svg);
  }

  leave() {
    this.resized.disconnect();
    this.root.remove();
  }

  async show(data) {
    this.data = data;
    this.words = data.words;
    const named = ([code, name, shown, tone, x, y]) => ({ code, name, shown, tone, x, y });
    this.areas = data.areas.map(named);
    this.tones = new Map(data.tones.map(([tone, sign, word]) => [tone, { sign, word }]));
    this.title.textContent = [data.words.title, data.words.measure].filter(Boolean).join(" · ");
    this.keepingPlace(() => this.write());
    try {
      const shapes = await atlas(data.provinces, data.districts);
      if (data !== this.data) return;
      this.atlas = shapes;
      this.root.classList.remove("t-map-failed");
      this.plot();
    } catch (error) {
      console.warn(error);
      this.root.classList.add("t-map-failed");
      this.hint.textContent = this.words.failed;
    }
  }

  /** Everything but the picture: key, hint and ranking, which need no shapes. */
  write() {
    const { title, hint, area, measure, status } = this.words;
    this.svg.setAttribute("aria-label", title);
    this.hint.textContent = hint;
    this.key.replaceChildren(...this.data.tones.map((tone) => this.explained(...tone)));
    const head = (text) => element("th", { scope: "col", class: text === measure ? "t-number" : "" }, text);
    const heads = element("tr", {}, ...[area, measure, status].filter(Boolean).map(head));
    const scrolled = this.list.scrollTop;
    this.list.replaceChildren(
      element(
        "table",
        {},
        element("caption", {}, title),
        element("thead", {}, heads),
        element("tbody", {}, ...this.areas.map((one) => this.ranked(one))),
      ),
    );
    this.list.scrollTop = scrolled;
    this.turn(this.list);
  }

  explained(tone, sign, _word, said, count) {
    const fill = `${this.id}-key-${tone}`;
    const swatch = element(
      "svg",
      { "aria-hidden": "true", class: `t-map-${styled(tone)}` },
      element("defs", {}, pattern(fill, tone)),
      element("rect", { width: "100%", height: "100%", rx: 3, fill: `url(#${fill})` }),
      element("text", { x: "50%", y: "50%", class: "t-map-sign" }, sign),
    );
    return element("li", {}, swatch, element("span", {}, said), element("b", {}, count));
  }

  ranked({ code, name, shown, tone }) {
    const { sign, word } = this.tones.get(tone);
    const pressed = code === this.data.chosen;
    const attributes = { type: "button", "data-code": code, "aria-pressed": pressed };
    const button = element("button", attributes, name);
    // The word for a level says its digit already: there the sign stands only where the list is narrow.
    const said = word.includes(sign) ? "t-said" : "";
    const letter = element("b", { "aria-hidden": "true", class: said }, sign);
    const mark = element("span", { class: `t-status t-${status(tone)}` }, letter, element("span", {}, word));
    const figure = this.words.measure ? [element("td", { class: "t-number" }, shown)] : [];
    const cells = [element("th", { scope: "row" }, button), ...figure, element("td", {}, mark)];
    return element("tr", { "data-code": code, class: pressed ? "t-chosen" : "" }, ...cells);
  }

  plot() {
    if (!this.atlas) return;
    const { areas, tones, atlas: shapes, words } = this;
    const { focus, chosen } = this.data;
    this.keepingPlace(() => {
      if (!this.picture.draw({ areas, tones, focus, chosen, words, atlas: shapes })) return;
      this.turn(this.svg);
      this.point(this.at);
      const missing = areas.filter(({ code }) => !this.picture.spot(code)).length;
      const said = missing ? words.unplaced.replace("{count}", missing) : "";
      this.hint.textContent = `${words.hint} ${said}`.trim();
    });
  }

  /** Do what replaces elements; the keyboard stays where it was. */
  keepingPlace(work) {
    const active = this.root.contains(document.activeElement) ? document.activeElement : null;
    const part = this.svg.contains(active) ? this.svg : this.list;
    work();
    if (!active || active.isConnected) return;
    this.turn(part, active.dataset.code)?.focus({ preventScroll: true });
  }

  /** One stop for the Tab key in the picture and one in the ranking; arrows do the rest. */
  turn(part, code = this.data.chosen) {
    const found = part.querySelectorAll("[role='button'], button");
    const stops = new Map([...found].map((stop) => [stop.dataset.code, stop]));
    const first = this.areas.find((area) => stops.has(area.code))?.code;
    const here = stops.get(code) ?? stops.get(first);
    for (const stop of stops.values()) stop.setAttribute("tabindex", stop === here ? 0 : -1);
    return here;
  }

  /** Lead to an area or a facility: static/journey.js keeps the app running. */
  choose(code) {
    const { code: place, area, facility } = this.data.ways;
    const detail = (/^\d/.test(code) ? facility : area).replace(place, encodeURIComponent(code));
    this.root.dispatchEvent(new CustomEvent("t-go", { detail, bubbles: true }));
  }

  click({ target }) {
    const code = target.closest("[data-code]")?.dataset.code;
    if (code) this.choose(code);
  }

  keydown(event) {
    const { target, key } = event;
    const { code } = target.dataset;
    if (!code || event.ctrlKey || event.altKey || event.metaKey) return;
    const part = this.svg.contains(target) ? this.svg : this.list;
    const next = part === this.svg ? this.towards(code, key) : this.along(code, key);
    if (next) this.turn(part, next).focus();
    else if (part === this.svg && (key === "Enter" || key === " ")) this.choose(code);
    else return;
    event.preventDefault();
  }

  /** The neighbour in the ranking that a key leads to. */
  along(code, key, areas = this.areas) {
    const codes = areas.map((area) => area.code);
    const here = codes.indexOf(code);
    const [first, last] = [codes[0], codes.at(-1)];
    return { ArrowDown: codes[here + 1], ArrowUp: codes[here - 1], Home: first, End: last }[key];
  }

  /** The nearest area in the direction of an arrow. */
  towards(code, key) {
    const areas = this.areas.filter((area) => this.picture.spot(area.code));
    if (!ARROWS[key]) return this.along(code, key, areas);
    const [right, down] = ARROWS[key];
    const [x, y] = this.picture.spot(code);
    const ways = areas.map((area) => {
      const [dx, dy] = this.picture.spot(area.code).map((place, n) => place - [x, y][n]);
      const [ahead, aside] = [dx * right + dy * down, Math.abs(dx * down + dy * right)];
      return { code: area.code, ahead, aside, far: ahead + 2 * aside };
    });
    // No more than 45 degrees off the way.
    const fit = ways.filter(({ ahead, aside }) => ahead > 0.5 && aside <= ahead);
    return fit.sort((a, b) => a.far - b.far)[0]?.code;
  }

  pointerover({ target }) {
    this.point(target.closest("[data-code]")?.dataset.code);
  }

  pointerout({ relatedTarget }) {
    if (!this.root.contains(relatedTarget)) this.point();
  }

  focusin({ target }) {
    if (target.matches(":focus-visible")) this.point(target.dataset.code);
  }

  focusout() {
    this.point();
  }

  /** Outline and name what the pointer or the keyboard is at, in the picture and in the ranking. */
  point(code) {
    this.at = code;
    const area = this.areas.find((one) => one.code === code);
    for (const row of this.list.querySelectorAll("tr[data-code]")) {
      row.classList.toggle("t-at", row.dataset.code === code);
    }
    this.picture.point(area?.code);
    const spot = area && this.picture.spot(code);
    this.tip.hidden = !spot;
    if (!spot) return;
    const { measure, target } = this.words;
    const figure = area.shown && `${measure} ${area.shown}`.trim();
    const said = [figure, this.tones.get(area.tone).word].filter(Boolean).join(" · ");
    const lines = [said, target].filter(Boolean).map((line) => element("span", {}, line));
    this.tip.replaceChildren(element("strong", {}, area.name), ...lines);
    const away = 1.2 * this.picture.em;
    const [left, top] = [spot[0] - this.tip.offsetWidth / 2, spot[1] - this.tip.offsetHeight - away];
    const room = this.chart.clientWidth - this.tip.offsetWidth;
    this.tip.style.left = `${Math.min(Math.max(left, 0), Math.max(room, 0))}px`;
    this.tip.style.top = `${top < 0 ? spot[1] + away : top}px`;
  }
}
