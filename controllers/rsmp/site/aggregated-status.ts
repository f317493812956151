/** The eight booleans that sum a controller up, as the list defines them for traffic light controllers. */
import type { Alarm } from "../tlc/alarm-board.ts";
import type { Tlc } from "../tlc/tlc.ts";

export function aggregatedStatus(tlc: Tlc): readonly boolean[] {
  const standing = tlc.alarms.all.filter(({ active, suspended }) => active && !suspended);
  const some = (test: (alarm: Alarm) => boolean): boolean => standing.some(test);
  const idle = tlc.signals.position !== "NormalControl";
  return [
    // 1 local mode, 2 no communications: not of this site.
    false,
    false,
    // 3 high: a major fault that put it into flash or dark; 4 medium: one that did not; 5 low: a minor one.
    idle && some(({ priority }) => priority === 2),
    !idle && some(({ priority }) => priority === 2),
    some(({ priority }) => priority === 3),
    // 6 in use, 7 idle, 8 not connected.
    !idle,
    idle,
    false,
  ];
}
