/** The name of a case: the same act told twice has the same, and nobody has to ask a counter. */
import type { Detection } from "../../core/cases/detection.ts";
import { sha256 } from "../storage/sha256.ts";

/** A package and a row take no more. */
const LONGEST = 63;
const MARK_DIGITS = 12;

const dashed = (text: string): string => text.replaceAll("_", "-");

/** `camera-20261122-081530-417-place`: the second of the act in UTC, the track, and which rule of the site. */
export function caseId({ camera, at_ms, track, rule }: Pick<Detection, "camera" | "at_ms" | "track" | "rule">): string {
  const [date = "", time = ""] = new Date(at_ms).toISOString().split("T");
  const second = `${date.replaceAll("-", "")}-${time.slice(0, 8).replaceAll(":", "")}`;
  const name = [dashed(camera), second, track, dashed(rule.place)].join("-");
  if (name.length <= LONGEST) return name;
  // Long names of cameras and places: what is cut off still tells cases apart.
  return `${name.slice(0, LONGEST - MARK_DIGITS - 1)}-${sha256(name).slice(0, MARK_DIGITS)}`;
}
