// A zip file whose members are stored as they are.
const TABLE = Uint32Array.from({ length: 256 }, (_, n) => {
  for (let bit = 0; bit < 8; bit++) n = n & 1 ? 0xedb88320 ^ (n >>> 1) : n >>> 1;
  return n;
});

/** The bytes of a zip of texts by name. */
export function zip(members) {
  const encoder = new TextEncoder();
  const files = Object.entries(members).map(([name, text]) => ({ name: encoder.encode(name), bytes: encoder.encode(text) }));
  const parts = [];
  let at = 0;
  const add = (bytes) => {
    parts.push(bytes);
    at += bytes.length;
  };
  for (const file of files) {
    file.at = at;
    file.sum = checksum(file.bytes);
    add(record(0x04034b50, file));
    add(file.name);
    add(file.bytes);
  }
  const directory = at;
  for (const file of files) {
    add(record(0x02014b50, file));
    add(file.name);
  }
  add(end(files.length, at - directory, directory));
  return new Blob(parts);
}

/** The local header of a member, or its entry in the directory. */
function record(signature, { name, bytes, sum, at }) {
  const isLocal = signature === 0x04034b50;
  const made = new DataView(new ArrayBuffer(isLocal ? 30 : 46));
  let place = 0;
  const put = (size, value) => {
    if (size === 2) made.setUint16(place, value, true);
    else made.setUint32(place, value, true);
    place += size;
  };
  put(4, signature);
  if (!isLocal) put(2, 20);
  // Version, names in UTF-8, stored, and the first day a zip can name.
  for (const value of [20, 0x0800, 0, 0, 0x21]) put(2, value);
  for (const value of [sum, bytes.length, bytes.length]) put(4, value);
  put(2, name.length);
  if (isLocal) return new Uint8Array(made.buffer);
  place = 42;
  put(4, at);
  return new Uint8Array(made.buffer);
}

function end(count, size, at) {
  const made = new DataView(new ArrayBuffer(22));
  made.setUint32(0, 0x06054b50, true);
  made.setUint16(8, count, true);
  made.setUint16(10, count, true);
  made.setUint32(12, size, true);
  made.setUint32(16, at, true);
  return new Uint8Array(made.buffer);
}

function checksum(bytes) {
  let sum = 0xffffffff;
  for (const byte of bytes) sum = TABLE[(sum ^ byte) & 0xff] ^ (sum >>> 8);
  return (sum ^ 0xffffffff) >>> 0;
}
