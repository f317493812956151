/** Which keys a schema takes where, read from its JSON Schema so that no private part of zod is touched. */
import { z } from "zod";
import type { Path } from "./path.ts";

export interface Shape {
  readonly type?: string;
  readonly const?: unknown;
  readonly properties?: Readonly<Record<string, Shape>>;
  readonly items?: Shape | false;
  readonly prefixItems?: readonly Shape[];
  readonly oneOf?: readonly Shape[];
  readonly anyOf?: readonly Shape[];
}

/** The shape of what a person writes: defaults not yet filled in. */
export const shapeOf = (schema: z.ZodType): Shape => z.toJSONSchema(schema, { io: "input" }) as Shape;

const own = (record: Readonly<Record<string, Shape>> | undefined, key: string): Shape | undefined =>
  record !== undefined && Object.hasOwn(record, key) ? record[key] : undefined;

const choicesOf = (shape: Shape): readonly Shape[] => shape.oneOf ?? shape.anyOf ?? [];

/** Of the alternatives, those whose fixed keys (such as `kind: virtual`) agree with the data; all when none does. */
function chosen(shape: Shape, data: unknown): readonly Shape[] {
  const choices = choicesOf(shape);
  if (choices.length === 0) return [shape];
  const agreeing = choices.filter((choice) =>
    Object.entries(choice.properties ?? {}).every(
      ([key, { const: fixed }]) => fixed === undefined || (data as Record<string, unknown> | null)?.[key] === fixed,
    ),
  );
  return agreeing.length > 0 ? agreeing : choices;
}

function child(shape: Shape, part: string | number): Shape | undefined {
  if (typeof part === "string") return own(shape.properties, part);
  return shape.prefixItems?.[part] ?? (shape.items === false ? undefined : shape.items);
}

/** The keys that may stand in the section at `path` of `data`. */
export function keysAt(shape: Shape, data: unknown, path: Path): readonly string[] {
  let shapes: readonly Shape[] = chosen(shape, data);
  let value = data;
  for (const part of path) {
    value = (value as Record<string | number, unknown> | null)?.[part];
    shapes = shapes.map((each) => child(each, part)).filter((each) => each !== undefined);
    shapes = shapes.flatMap((each) => chosen(each, value));
  }
  return [...new Set(shapes.flatMap((each) => Object.keys(each.properties ?? {})))];
}

/** Every key of the schema with the dotted names of the sections it stands in; the root is "". */
export function homesOf(shape: Shape, section = "", homes = new Map<string, Set<string>>()): Map<string, Set<string>> {
  for (const [key, value] of Object.entries(shape.properties ?? {})) {
    const known = homes.get(key) ?? new Set<string>();
    homes.set(key, known.add(section));
    homesOf(value, section === "" ? key : `${section}.${key}`, homes);
  }
  const inner = [...choicesOf(shape), ...(shape.prefixItems ?? []), ...(shape.items ? [shape.items] : [])];
  for (const each of inner) homesOf(each, section, homes);
  return homes;
}
