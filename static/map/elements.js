// Small things that both the map and its ranking are made of.
import { element } from "../elements.js";

// A sign beside colour and letter, for areas too small for a letter; levels in steps of two.
const DOTS = "M1,1h2v2h-2zM5,5h2v2h-2z";
const STRIPES = "M-2,2L2,-2M-2,10L10,-2M6,10L10,6";
const CROSSES = `${STRIPES}M-2,-2L10,10`;
const MOTIFS = {
  fail: STRIPES, "fail-1": DOTS, "fail-2": STRIPES, "fail-3": CROSSES, watch: DOTS, none: "M1,4h5",
  2: DOTS, 3: DOTS, 4: STRIPES, 5: STRIPES, 6: CROSSES, 7: CROSSES,
};

/** The status that a tone is a class of, as the style sheet names it. */
export function status(tone) {
  return styled(tone.replace(/^(fail|pass)-\d$/, "$1"));
}

/** How a tone is named in the style sheet. */
export function styled(tone) {
  const [, share, digit] = /^(s?)(\d)$/.exec(tone) ?? [];
  if (digit === undefined) return tone;
  return share ? `share-${digit}` : `level-${digit}`;
}

/** The fill of a tone; `scale` undoes that of the group it is used in. */
export function pattern(id, tone, scale = 1) {
  const kind = MOTIFS[tone] === DOTS ? "t-map-dots" : "t-map-stripes";
  return element(
    "pattern",
    {
      id,
      class: `t-map-${styled(tone)}`,
      width: 8,
      height: 8,
      patternUnits: "userSpaceOnUse",
      patternTransform: `scale(${scale})`,
    },
    element("rect", { width: 8, height: 8, class: "t-map-fill" }),
    element("path", { d: MOTIFS[tone] ?? "", class: kind }),
  );
}
