/** Turning movements as `greenwave count` reports them. */
import type { Turn } from "../../core/traffic/movement-interval.ts";
import type { VehicleClass } from "../../core/traffic/vehicle-class.ts";
import type { CountingLine, MovementRule } from "../lane/schema.ts";
import type { CountedMovement, CounterAnswer, LostWay } from "./messages.ts";

interface Sum {
  readonly total: number;
  readonly by_class: Readonly<Partial<Record<VehicleClass, number>>>;
}

export interface MovementCounts {
  readonly movements: Readonly<
    Record<
      string,
      Sum & {
        readonly entry: string;
        readonly exit: string;
        readonly turn: Turn | null;
        /** In order of leaving; seconds since the first picture. */
        readonly tracks: readonly Omit<CountedMovement, "movement">[];
      }
    >
  >;
  /** Lost after their line of entry, or gone another way, by that line: not guessed at. */
  readonly unfinished: Readonly<Record<string, Sum>>;
  /** Seen to leave and not to come, by line of exit. */
  readonly unentered: Readonly<Record<string, Sum>>;
}

type Counted = Pick<Extract<CounterAnswer, { kind: "counted" }>, "movements" | "unfinished" | "unentered">;

export function movementCounts(
  rules: readonly MovementRule[],
  lines: readonly CountingLine[],
  { movements, unfinished, unentered }: Counted,
): MovementCounts {
  const made = rules.map(({ id, entry, exit, turn = null }) => {
    const tracks = movements.filter(({ movement }) => movement === id).map(({ movement: _, ...track }) => track);
    return [id, { entry, exit, turn, ...sumOf(tracks), tracks }] as const;
  });
  return {
    movements: Object.fromEntries(made),
    unfinished: byLine(
      lines,
      rules.map(({ entry }) => entry),
      unfinished,
    ),
    unentered: byLine(
      lines,
      rules.map(({ exit }) => exit),
      unentered,
    ),
  };
}

function sumOf(vehicles: readonly { readonly class: VehicleClass }[]): Sum {
  const by_class: Partial<Record<VehicleClass, number>> = {};
  for (const vehicle of vehicles) by_class[vehicle.class] = (by_class[vehicle.class] ?? 0) + 1;
  return { total: vehicles.length, by_class };
}

/** One entry for each line that serves, also where nobody was lost. */
function byLine(lines: readonly CountingLine[], serving: readonly string[], lost: readonly LostWay[]) {
  const own = lines.filter(({ id }) => serving.includes(id));
  return Object.fromEntries(own.map(({ id }) => [id, sumOf(lost.filter(({ line }) => line === id))]));
}
