/** The picture of a site's corridor under plans. */
import { siteStreet } from "../bands/site-street.ts";
import type { Corridor, Intersection } from "../network/schema.ts";
import { failed, ok, problem, type Result } from "../problems/problem.ts";
import type { Plan } from "../signal/plan.ts";
import { bandPicture } from "./from-bands.ts";
import type { TimeSpacePicture } from "./picture.ts";

/** `intersections` and `plans` may hold more than the corridor's. `file` is where the plans came from, for problems. */
export function plansPicture(
  corridor: Corridor,
  intersections: readonly Intersection[],
  plans: readonly Plan[],
  file: string,
): Result<TimeSpacePicture> {
  const members: Intersection[] = [];
  const own: Plan[] = [];
  for (const { id } of corridor.intersections) {
    const [member, plan] = [intersections.find((one) => one.id === id), plans.find((one) => one.intersection === id)];
    if (member === undefined)
      return failed(problem("INTERSECTION_UNKNOWN", { corridor: corridor.id, intersection: id }));
    if (plan === undefined) {
      return failed(problem("DIAGRAM_PLAN_MISSING", { corridor: corridor.id, intersection: id, file }));
    }
    members.push(member);
    own.push(plan);
  }
  const cycles = [...new Set(own.map((plan) => plan.cycle_s))];
  if (cycles.length > 1) {
    return failed(problem("DIAGRAM_CYCLES", { corridor: corridor.id, cycles: cycles.join(", ") }));
  }
  const street = siteStreet(corridor, members, own);
  if (!street.ok) return street;
  const { begins_s, positions_m } = street.value;
  return ok(
    bandPicture({
      title: corridor.name,
      corridor: street.value.corridor,
      names: members.map(({ name }) => withoutStreet(name, corridor.name)),
      positions_m,
      offsets_s: own.map(({ offset_s }, i) => offset_s + (begins_s[i] ?? 0)),
      phasings: own.map(() => 0),
      shown_offsets_s: own.map(({ offset_s }) => offset_s),
    }),
  );
}

/** `Nguyễn Văn Linh – Hàm Nghi` on the picture of Nguyễn Văn Linh is Hàm Nghi. */
function withoutStreet(name: string, street: string): string {
  const rest = name.startsWith(street) ? name.slice(street.length).replace(/^[\s\-–—/,&×x]+/u, "") : name;
  return rest === "" ? name : rest;
}
