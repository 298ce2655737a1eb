// Shapes of regions, provinces and districts, from files that are asked for once.
const files = new Map();

/**
 * `shape` by code: its path, the middle and radius of a circle inside it, the box around it;
 * `along`: a path along the arcs whose sides, one or two provinces, are wanted; `box` around all.
 */
export async function atlas(provinces, districts) {
  const topology = await load(provinces);
  topology.atlas ??= unfolded(topology);
  if (!districts) return topology.atlas;
  const shape = new Map(topology.atlas.shape);
  for (const [code, [d, ...label]] of Object.entries(await load(districts))) {
    shape.set(code, { d, label });
  }
  return { ...topology.atlas, shape };
}

/** The box around points: west, north, east, south. */
export function bounds(points) {
  const box = [Infinity, Infinity, -Infinity, -Infinity];
  for (const [x, y] of points) {
    [box[0], box[1]] = [Math.min(box[0], x), Math.min(box[1], y)];
    [box[2], box[3]] = [Math.max(box[2], x), Math.max(box[3], y)];
  }
  return box;
}

/** The box around boxes. */
export function around(boxes) {
  return bounds(boxes.flatMap(([west, north, east, south]) => [[west, north], [east, south]]));
}

function load(address) {
  if (!files.has(address)) files.set(address, fetched(new URL(address, document.baseURI)));
  // What failed is asked for again next time.
  return files.get(address).catch((error) => {
    files.delete(address);
    throw error;
  });
}

async function fetched(url) {
  const answer = await fetch(url);
  if (!answer.ok) throw new Error(`${url}: ${answer.status}`);
  return answer.json();
}

function unfolded({ arcs, objects }) {
  const lines = arcs.map((arc) => {
    let [x, y] = [0, 0];
    return arc.map(([right, down]) => [(x += right), (y += down)]);
  });
  const directed = (arc) => (arc < 0 ? [...lines[~arc]].reverse() : lines[arc]);
  const sides = arcs.map(() => []);
  const shape = new Map();
  for (const { id, properties, arcs: polygons } of objects.provinces.geometries) {
    const { region, label } = properties;
    for (const arc of polygons.flat(2)) sides[arc < 0 ? ~arc : arc].push({ id, region });
    // An arc begins where the one before it ends.
    const rings = polygons.flat().map((ring) => ring.flatMap((arc) => directed(arc).slice(1)));
    const d = rings.map((ring) => `M${ring.join(" ")}z`).join("");
    for (const code of [id, region]) join(shape, code, { d, label, box: bounds(rings.flat()) });
  }
  const path = (wanted) => (side, n) => (wanted(side) ? `M${lines[n].join(" ")}` : "");
  const along = (wanted) => sides.map(path(wanted)).join("");
  return { shape, along, box: bounds(lines.flat()) };
}

/** A province goes to itself and to its region, whose middle is that of its roomiest province. */
function join(shape, code, added) {
  const before = shape.get(code);
  if (!before) {
    shape.set(code, added);
    return;
  }
  shape.set(code, {
    d: before.d + added.d,
    label: added.label[2] > before.label[2] ? added.label : before.label,
    box: around([before.box, added.box]),
  });
}
