// A figure as a picture to take away: SVG with the fonts in it, or PNG, with what the page says of it.
import { drawn, make } from "./drawn.js";
import { colophon } from "./page.js";
import { say } from "./words.js";

const EDGE = 24;
const LEAST = 480;
const SHARPNESS = 2;
const PROBE = 24;
const PATIENCE = 100;
const FONTS = ["thai-400", "thai-700", "latin-400", "latin-700"];
const RANGES = { thai: "U+02D7,U+0303,U+0331,U+0E01-0E5B,U+200C-200D,U+25CC", latin: "U+0000-00FF,U+0131,U+0152-0153,U+02BB-02BC,U+02C6,U+02DA,U+02DC,U+0304,U+0308,U+0329,U+2000-206F,U+20AC,U+2122,U+2191,U+2193,U+2212,U+2215,U+FEFF,U+FFFD" };
const FAMILY = "Sarabun, 'TH Sarabun New', Tahoma, sans-serif";
const WORDS = new Intl.Segmenter("th", { granularity: "word" });
const pen = document.createElement("canvas").getContext("2d");

/** An element under a title as an SVG element, with its size. */
export async function picture(element, title) {
  const box = element.getBoundingClientRect();
  // Its own title stands above it already.
  const first = element.tHead ?? element.querySelector(":scope > .t-figure + *") ?? element;
  const from = first.getBoundingClientRect().top;
  const width = Math.max(Math.ceil(element.scrollWidth || box.width), LEAST);
  const style = getComputedStyle(document.querySelector(".stApp"));
  const { head, foot } = around(title, width, style.color);
  const top = EDGE + heightOf(head) + 10;
  const below = top + Math.ceil(box.bottom - from) + 14;
  const size = { width: width + 2 * EDGE, height: below + heightOf(foot) + EDGE };
  const body = drawn(element, from);
  body.setAttribute("transform", `translate(${EDGE} ${top})`);
  const frame = { ...size, viewBox: `0 0 ${size.width} ${size.height}`, "font-family": FAMILY };
  const svg = make(
    "svg",
    frame,
    make("title", {}, title),
    make("style", {}, await fonts()),
    make("rect", { ...size, fill: style.backgroundColor }),
    ...placed(head, EDGE),
    body,
    ...placed(foot, below),
  );
  return { svg, ...size };
}

/** What stands above a picture, and below it. */
function around(title, width, text) {
  const quiet = variable("--t-quiet");
  const about = colophon();
  const source = about.source && say("source", { source: about.source });
  const joined = (...parts) => parts.filter(Boolean).join(" · ");
  return {
    head: [
      ...paragraph(title, 20, 700, text, width),
      ...paragraph(joined(about.place, about.period), 15, 400, quiet, width),
    ],
    foot: [
      ...paragraph(about.demonstration, 14, 700, text, width),
      ...paragraph(joined(about.moment, source), 13, 400, quiet, width),
    ],
  };
}

/** The text of an SVG file. */
export function written({ svg }) {
  return new XMLSerializer().serializeToString(svg);
}

/** The same as PNG, twice as fine as the screen. */
export async function png({ svg, width, height }) {
  const image = await lettered(svg, width, height);
  const canvas = document.createElement("canvas");
  [canvas.width, canvas.height] = [width * SHARPNESS, height * SHARPNESS];
  const paper = canvas.getContext("2d");
  paper.scale(SHARPNESS, SHARPNESS);
  paper.drawImage(image, 0, 0, width, height + PROBE);
  return new Promise((done, failed) => {
    canvas.toBlob((blob) => (blob ? done(blob) : failed(new Error("no picture"))), "image/png");
  });
}

/**
 * The drawing as an image whose letters are there. A browser draws an image before the fonts in it are
 * read and leaves the letters out; so a letter of each font stands below, and is waited for.
 */
async function lettered(svg, width, height) {
  const taller = svg.cloneNode(true);
  taller.setAttribute("height", height + PROBE);
  taller.setAttribute("viewBox", `0 0 ${width} ${height + PROBE}`);
  const samples = FONTS.map((font, n) => {
    const [script, weight] = font.split("-");
    const place = { x: n * PROBE, y: height + 0.8 * PROBE, "font-size": PROBE, "font-weight": weight };
    return make("text", place, script === "thai" ? "ก" : "m");
  });
  taller.append(...samples);
  const image = new Image();
  image.src = `data:image/svg+xml;charset=utf-8,${encodeURIComponent(written({ svg: taller }))}`;
  await image.decode();
  for (let tries = 0; tries < PATIENCE && !inked(image, width, height); tries++) {
    await new Promise((done) => setTimeout(done, 50));
  }
  return image;
}

function inked(image, width, height) {
  const canvas = document.createElement("canvas");
  [canvas.width, canvas.height] = [PROBE * FONTS.length, PROBE];
  const paper = canvas.getContext("2d", { willReadFrequently: true });
  paper.drawImage(image, 0, -height, width, height + PROBE);
  return FONTS.every((_, n) => paper.getImageData(n * PROBE, 0, PROBE, PROBE).data.some((byte) => byte));
}

function variable(name) {
  const probe = document.createElement("span");
  probe.style.color = `var(${name})`;
  document.querySelector(".stApp").append(probe);
  const { color } = getComputedStyle(probe);
  probe.remove();
  return color;
}

/** A text as lines between words, none wider than the picture. */
function paragraph(text, size, weight, fill, most) {
  if (!text) return [];
  pen.font = `${weight} ${size}px Sarabun, sans-serif`;
  const found = [""];
  for (const { segment } of WORDS.segment(text)) {
    if (found.at(-1) && pen.measureText(found.at(-1) + segment).width > most) found.push(segment.trimStart());
    else found[found.length - 1] += segment;
  }
  return found.map((line) => ({ line, size, weight, fill, high: size * 1.6 }));
}

function heightOf(lines) {
  return Math.ceil(lines.reduce((sum, { high }) => sum + high, 0));
}

function placed(lines, top) {
  let y = top;
  return lines.map(({ line, size, weight, fill, high }) => {
    y += high;
    return make("text", { x: EDGE, y: y - high * 0.3, "font-size": size, "font-weight": weight, fill }, line);
  });
}

let kept;
/** The fonts of the page, in the file itself: it must look the same where nobody has them. */
function fonts() {
  kept ??= Promise.all(FONTS.map(face)).then((faces) => faces.join(""));
  // What could not be fetched is asked for again next time.
  return kept.catch((error) => {
    kept = undefined;
    throw error;
  });
}

async function face(name) {
  const [script, weight] = name.split("-");
  const answer = await fetch(new URL(`../fonts/sarabun-${name}-normal.woff2`, import.meta.url));
  if (!answer.ok) throw new Error(`${name}: ${answer.status}`);
  const bytes = new Uint8Array(await answer.arrayBuffer());
  const data = btoa(Array.from(bytes, (byte) => String.fromCharCode(byte)).join(""));
  return `@font-face{font-family:Sarabun;font-weight:${weight};unicode-range:${RANGES[script]};src:url(data:font/woff2;base64,${data}) format("woff2")}`;
}
