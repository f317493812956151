/**
 * One text for one JSON value, so that a hash of it means the value and not its layout. RFC 8785 (JSON Canonicalization
 * Scheme): keys in UTF-16 code unit order, numbers and strings as ECMAScript writes them, no white space.
 */

const loneSurrogate = /\p{Surrogate}/u;

/**
 * Throws `TypeError`, naming the place, for anything JSON cannot carry faithfully (undefined, functions, NaN, dates,
 * class instances, lone surrogates, cycles): a body like that is a bug of the caller, never an expected failure.
 */
export function canonicalJson(value: unknown): string {
  return write(value, "$", []);
}

function write(value: unknown, path: string, above: readonly object[]): string {
  if (value === null || typeof value === "boolean") return String(value);
  if (typeof value === "string") return writeString(value, path);
  if (typeof value === "number") return writeNumber(value, path);
  if (typeof value !== "object") throw new TypeError(`${path}: a ${typeof value} has no JSON form`);
  if (above.includes(value)) throw new TypeError(`${path}: refers back to what holds it`);
  const inside = [...above, value];
  return Array.isArray(value) ? writeArray(value, path, inside) : writeObject(value, path, inside);
}

function writeString(value: string, path: string): string {
  if (loneSurrogate.test(value)) throw new TypeError(`${path}: not well-formed Unicode`);
  return JSON.stringify(value);
}

function writeNumber(value: number, path: string): string {
  if (!Number.isFinite(value)) throw new TypeError(`${path}: ${value} has no JSON form`);
  return JSON.stringify(value);
}

/** By index and not `map`, which would pass over the holes of a sparse array. */
function writeArray(values: readonly unknown[], path: string, above: readonly object[]): string {
  const items: string[] = [];
  for (let i = 0; i < values.length; i += 1) items.push(write(values[i], `${path}[${i}]`, above));
  return `[${items.join(",")}]`;
}

function writeObject(value: object, path: string, above: readonly object[]): string {
  const prototype: unknown = Object.getPrototypeOf(value);
  if (prototype !== Object.prototype && prototype !== null) throw new TypeError(`${path}: not a plain object`);
  const members = Object.entries(value)
    .sort(([a], [b]) => (a < b ? -1 : 1))
    .map(([key, member]) => `${writeString(key, path)}:${write(member, `${path}.${key}`, above)}`);
  return `{${members.join(",")}}`;
}
