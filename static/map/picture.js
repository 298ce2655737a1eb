// The picture: areas in their colours, circles for facilities, Bangkok and its neighbours larger.
import { element } from "../elements.js";
import { pattern, styled } from "./elements.js";
import { around } from "./shapes.js";

const CAPITAL = ["P10", "P11", "P12", "P13", "P73", "P74", "P75"];
const EAST_OF_TRAT = 6200;
const MOST_SPREAD = 200;

export class Picture {
  constructor(svg, id) {
    this.svg = svg;
    this.id = id;
  }

  /** Draw `view` (areas, tones, focus, chosen, words, atlas) for the room there is; false for none. */
  draw(view) {
    const { clientWidth: width, clientHeight: height } = this.svg;
    if (!width || !height) return false;
    this.view = view;
    // On paper the room is another one, and nothing is drawn anew.
    this.svg.setAttribute("viewBox", `0 0 ${width} ${height}`);
    this.em = parseFloat(getComputedStyle(this.svg).fontSize);
    const main = this.frame([view.focus], 0, 0, width, height);
    this.frames = [main, ...this.inset(main)];
    this.dots = this.spread(this.placed(width, height));
    this.pointed = element("g", { "aria-hidden": "true" });
    this.svg.replaceChildren(
      ...this.frames.map((frame, n) => this.layer(frame, n)),
      element("g", { "aria-hidden": "true" }, ...this.outlines(view.chosen)),
      this.pointed,
      ...this.points(),
    );
    if (view.focus !== "TH") view.areas.forEach((area) => this.label(area));
    this.name(width);
    return true;
  }

  /** Outline an area or facility, or none. */
  point(code) {
    this.pointed?.replaceChildren(...(code ? this.outlines(code) : []));
  }

  /** Where an area or facility is, in pixels; nothing when it is not on the map. */
  spot(code) {
    const shape = this.view?.atlas.shape.get(code);
    return shape ? pixel(this.frames[0], ...shape.label) : this.dots?.get(code);
  }

  /** How map units become pixels so that areas fill a rectangle. */
  frame(codes, left, top, width, height) {
    const { shape, box } = this.view.atlas;
    const boxes = codes.map((code) => (code === "TH" ? box : shape.get(code).box));
    const [west, north, east, south] = around(boxes);
    const room = 0.6 * this.em;
    const k = Math.min((width - 2 * room) / (east - west), (height - 2 * room) / (south - north));
    const x = left + width / 2 - (k * (west + east)) / 2;
    const y = top + height / 2 - (k * (north + south)) / 2;
    return { k, x, y, left, top, width, height };
  }

  /** The sea has room for the provinces that are too small to hit. */
  inset({ k, x, width, height }) {
    // Wide enough for its caption.
    const side = Math.max(Math.min(0.4 * height, 0.38 * width), Math.min(8.8 * this.em, 0.46 * width));
    const provinces = this.view.areas.some(({ code }) => code[0] === "P");
    if (this.view.focus !== "TH" || !provinces || side < 6 * this.em) return [];
    const left = Math.min(width - side - 1, x + k * EAST_OF_TRAT);
    return [this.frame(CAPITAL, left, height - side - 1, side, side)];
  }

  layer(frame, n) {
    const { tones } = this.view;
    const id = `${this.id}-${n}`;
    const patterns = [...tones.keys()].map((tone) => pattern(`${id}-${tone}`, tone, 1 / frame.k));
    const content = [this.land(frame, id, n === 0), ...this.signs(frame)];
    if (n === 0) return element("g", {}, element("defs", {}, ...patterns), ...content);
    const { left: x, top: y, width, height } = frame;
    const box = { x, y, width, height, rx: 6 };
    const clip = element("clipPath", { id: `${id}-clip` }, element("rect", box));
    return element(
      "g",
      { "aria-hidden": "true" },
      element("defs", {}, ...patterns, clip),
      element("rect", { ...box, class: "t-map-inset" }),
      element("g", { "clip-path": `url(#${id}-clip)` }, ...content),
      element("rect", { ...box, class: "t-map-frame" }),
      // In the gulf.
      element(
        "text",
        { x: x + width / 2, y: y + height - 0.7 * this.em, class: "t-map-note" },
        this.view.words.inset,
      ),
      this.enlarged(frame),
    );
  }

  /** On the whole map, the rectangle that an inset shows larger. */
  enlarged(frame) {
    const [main] = this.frames;
    const west = (frame.left - frame.x) / frame.k;
    const north = (frame.top - frame.y) / frame.k;
    const [x, y] = pixel(main, west, north);
    const scale = main.k / frame.k;
    const size = { width: frame.width * scale, height: frame.height * scale };
    return element("rect", { x, y, ...size, rx: 2, class: "t-map-frame" });
  }

  land(frame, id, live) {
    const { areas, atlas, focus } = this.view;
    const drawn = areas.filter(({ code }) => atlas.shape.has(code));
    const valued = new Set(drawn.map(({ code }) => code));
    const others = [...atlas.shape].filter(([code]) => code[0] === "P" && !valued.has(code));
    const inside = ({ id: province, region }) => province === focus || region === focus;
    return element(
      "g",
      { transform: moved(frame) },
      ...others.map(([code, { d }]) => path(d, code === focus ? "t-map-ground" : "t-map-context")),
      ...drawn.map((area) => this.shaped(area, id, live)),
      path(atlas.along(([a, b]) => b && a.region === b.region), "t-map-border"),
      path(atlas.along(([a, b]) => b && a.region !== b.region), "t-map-border t-map-regions"),
      path(atlas.along(([, b]) => !b), "t-map-coast"),
      path(atlas.along((sides) => sides.filter(inside).length === 1), "t-map-focus"),
    );
  }

  shaped(area, id, live) {
    const shape = path(this.view.atlas.shape.get(area.code).d, "t-map-area");
    if (area.code[0] === "D") shape.classList.add("t-map-district");
    shape.setAttribute("fill", `url(#${id}-${area.tone})`);
    shape.dataset.code = area.code;
    return live ? this.button(shape, area) : shape;
  }

  button(target, { code, name, shown, tone }) {
    const said = [name, shown, this.view.tones.get(tone).word].filter(Boolean).join(", ");
    target.setAttribute("role", "button");
    target.setAttribute("aria-label", said);
    target.setAttribute("aria-pressed", code === this.view.chosen);
    return target;
  }

  /** The letter or digit of every area that has room for it. */
  signs(frame) {
    const { areas, atlas, tones } = this.view;
    return areas
      .filter(({ code }) => atlas.shape.get(code)?.label[2] * frame.k > 0.42 * this.em)
      .map(({ code, tone }) => {
        const [x, y] = pixel(frame, ...atlas.shape.get(code).label);
        const kind = `t-map-sign t-map-${styled(tone)}`;
        return element("text", { x, y, class: kind, "aria-hidden": "true" }, tones.get(tone).sign);
      });
  }

  /** Code and pixels of every facility inside the frame. */
  placed(width, height) {
    return this.view.areas
      .filter(({ code, x }) => x !== undefined && !this.view.atlas.shape.has(code))
      .map(({ code, x, y }) => [code, pixel(this.frames[0], x, y)])
      .filter(([, [x, y]]) => x > 0 && y > 0 && x < width && y < height);
  }

  /** Circles pushed apart until none hides another. */
  spread(dots) {
    this.radius = 0.62 * this.em;
    const rounds = dots.length > MOST_SPREAD ? 0 : 40;
    for (let round = 0; round < rounds; round++) {
      dots.forEach(([, one], n) => dots.slice(n + 1).forEach(([, other]) => this.part(one, other)));
    }
    return new Map(dots);
  }

  part(one, other) {
    const [across, down] = [other[0] - one[0] || 0.1, other[1] - one[1]];
    const distance = Math.hypot(across, down);
    const push = (2 * this.radius + 2 - distance) / 2 / distance;
    if (push <= 0) return;
    [one[0], one[1]] = [one[0] - across * push, one[1] - down * push];
    [other[0], other[1]] = [other[0] + across * push, other[1] + down * push];
  }

  /** The circles; what presses most is drawn last. */
  points() {
    const { areas, tones } = this.view;
    const shown = areas.filter(({ code }) => this.dots.has(code)).reverse();
    return shown.map((area) => {
      const [x, y] = this.dots.get(area.code);
      const place = { transform: `translate(${x} ${y})`, "data-code": area.code };
      const target = element(
        "g",
        { class: `t-map-point t-map-${styled(area.tone)}`, ...place },
        element("circle", { r: this.radius }),
        element("text", { class: "t-map-sign" }, tones.get(area.tone).sign),
      );
      return this.button(target, area);
    });
  }

  outlines(code) {
    const { shape, along } = this.view.atlas;
    if (this.dots.has(code)) {
      const [cx, cy] = this.dots.get(code);
      const kinds = ["t-map-halo", "t-map-ring"];
      return kinds.map((kind) => element("circle", { cx, cy, r: this.radius + 2.5, class: kind }));
    }
    if (!shape.has(code)) return [];
    const border = (sides) => sides.filter(({ region }) => region === code).length === 1;
    const d = code[0] === "R" ? along(border) : shape.get(code).d;
    return this.frames.map((frame, n) => {
      const clip = n ? { "clip-path": `url(#${this.id}-${n}-clip)` } : {};
      const lines = [path(d, "t-map-halo"), path(d, "t-map-ring")];
      return element("g", clip, element("g", { transform: moved(frame) }, ...lines));
    });
  }

  /** The name of an area where it has room for it; the chosen one is named anyway. */
  label({ code, name, tone }) {
    const { atlas, chosen } = this.view;
    if (code === chosen || !atlas.shape.has(code)) return;
    const [x, y] = this.spot(code);
    const below = 1.3 * this.em;
    const place = { x, y: y + below, "aria-hidden": "true" };
    const text = element("text", { class: `t-map-label t-map-${styled(tone)}`, ...place }, name);
    this.svg.append(text);
    const radius = this.frames[0].k * atlas.shape.get(code).label[2];
    // The width of the circle where the name has its lower edge.
    const room = 2 * Math.sqrt(Math.max(radius ** 2 - (below + 0.3 * this.em) ** 2, 0));
    if (text.getComputedTextLength() > room) text.remove();
  }

  /** The name of the chosen area, kept inside the picture. */
  name(width) {
    const { areas, chosen } = this.view;
    const area = areas.find(({ code }) => code === chosen);
    const spot = area && this.spot(chosen);
    if (!spot) return;
    const text = element("text", { class: "t-map-name", "aria-hidden": "true" }, area.name);
    this.svg.append(text);
    const half = text.getComputedTextLength() / 2 + 4;
    text.setAttribute("x", Math.min(Math.max(spot[0], half), width - half));
    text.setAttribute("y", spot[1] + 1.6 * this.em);
  }
}

function pixel({ k, x, y }, across, down) {
  return [across * k + x, down * k + y];
}

function moved({ k, x, y }) {
  return `translate(${x} ${y}) scale(${k})`;
}

function path(d, kind) {
  return element("path", { d, class: kind });
}
