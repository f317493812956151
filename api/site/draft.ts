/**
 * A site file as far as it can be understood. One misspelt key must not hide a wrong reference elsewhere, so the
 * checks between parts run on every part that is well written by itself, and a part that is not still counts as
 * declared: nobody is told that a lane does not exist because its intersection has another mistake.
 */
import type { z } from "zod";
import { type ControllerConfig, controllerSchema } from "../../controllers/index.ts";
import type { SourceDocument } from "../../core/config/source-document.ts";
import {
  type Corridor,
  corridorSchema,
  type Intersection,
  intersectionSchema,
  type Schedule,
  scheduleSchema,
  type Volume,
  volumeSchema,
} from "../../core/network/schema.ts";
import { type Camera, cameraSchema } from "../../detectors/index.ts";
import { clockSchema, ruleSchema, type SiteClock, type SiteRule } from "../enforcement/schema.ts";

export interface Item<T> {
  /** Dotted path in the document, such as `cameras.0`. */
  readonly path: string;
  readonly value: T;
}

export interface Draft {
  readonly intersections: readonly Item<Intersection>[];
  readonly corridors: readonly Item<Corridor>[];
  readonly volumes: readonly Item<Volume>[];
  readonly cameras: readonly Item<Camera>[];
  readonly controllers: readonly Item<ControllerConfig>[];
  readonly schedules: readonly Item<Schedule>[];
  readonly rules: readonly Item<SiteRule>[];
  /** Null where it is not well written. */
  readonly clock: SiteClock | null;
  readonly timezone: string | null;
  /** Everything declared, well written or not. */
  readonly declared: {
    readonly intersections: ReadonlySet<string>;
    readonly corridors: ReadonlySet<string>;
    readonly cameras: ReadonlySet<string>;
    /** Intersections that have a controller. */
    readonly controlled: ReadonlySet<string>;
    /** Lane id to the id of its intersection. */
    readonly lanes: ReadonlyMap<string, string>;
  };
  lineOf(path: string): number;
}

type Loose = Readonly<Record<string, unknown>>;

const section = (value: unknown): Loose =>
  typeof value === "object" && value !== null && !Array.isArray(value) ? (value as Loose) : {};
const list = (value: unknown): readonly unknown[] => (Array.isArray(value) ? value : []);
const text = (value: unknown): string => (typeof value === "string" ? value : "");

function wellWritten<T>(site: Loose, name: string, schema: z.ZodType<T>): readonly Item<T>[] {
  return list(site[name]).flatMap((each, index) => {
    const parsed = schema.safeParse(each);
    return parsed.success ? [{ path: `${name}.${index}`, value: parsed.data }] : [];
  });
}

function declaredIn(site: Loose): Draft["declared"] {
  const lanes = new Map<string, string>();
  const intersections = list(site["intersections"]).map(section);
  for (const intersection of intersections) {
    for (const approach of list(intersection["approaches"]).map(section)) {
      for (const lane of list(approach["lanes"]).map(section)) lanes.set(text(lane["id"]), text(intersection["id"]));
    }
  }
  const idsOf = (parts: readonly unknown[]): ReadonlySet<string> => new Set(parts.map((p) => text(section(p)["id"])));
  const controllers = list(site["controllers"]).map(section);
  return {
    intersections: idsOf(intersections),
    corridors: idsOf(list(site["corridors"])),
    cameras: idsOf(list(site["cameras"])),
    controlled: new Set(controllers.map((each) => text(each["intersection"]))),
    lanes,
  };
}

export function draftOf(document: SourceDocument, mended: unknown): Draft {
  const site = section(mended);
  const timezone = section(site["site"])["timezone"];
  return {
    intersections: wellWritten(site, "intersections", intersectionSchema),
    corridors: wellWritten(site, "corridors", corridorSchema),
    volumes: wellWritten(site, "volumes", volumeSchema),
    cameras: wellWritten(site, "cameras", cameraSchema),
    controllers: wellWritten(site, "controllers", controllerSchema),
    schedules: wellWritten(site, "schedules", scheduleSchema),
    rules: wellWritten(site, "rules", ruleSchema),
    clock: clockSchema.safeParse(site["clock"] ?? {}).data ?? null,
    timezone: typeof timezone === "string" && timezone !== "" ? timezone : null,
    declared: declaredIn(site),
    lineOf: (path) => document.place(path.split(".")).line ?? 0,
  };
}
