/** Arithmetic and conditions of the proofs, the gate and the machine, each bent so that something unsafe passes. */
import { bent, type Mutation } from "./mutation.ts";

const INTERSECTIONS = ["test/core/signal/validate/intersection.test.ts", "test/core/signal/validate/parts.test.ts"];
const PLANS = ["test/core/signal/validate/plan.test.ts", "test/controllers/gate/prove.test.ts"];
const FORMULAS = ["test/core/signal/derive/formulas.test.ts", "test/core/signal/validate/parts.test.ts"];
const PROOFS = ["test/controllers/gate/prove.test.ts", "test/controllers/gate/proved-plan.test.ts"];
const DATABASES = ["test/controllers/gate/prove-database.test.ts"];
const REHEARSED = ["test/controllers/gate/street-judge.test.ts", "test/controllers/gate/rehearsal.test.ts"];
const MACHINE = ["test/core/signal/machine/machine.test.ts", "test/core/signal/machine/machine-property.test.ts"];
const OFFSETS = ["test/controllers/ntcip/offset-reference.test.ts"];
const CARRIED = ["test/api/gate/workflow.test.ts"];
const CALENDAR = ["test/core/signal/schedule/schedule.test.ts", "test/core/signal/validate/parts.test.ts"];

const V = "core/signal/validate";
const G = "controllers/gate";
const M = "core/signal/machine";

export const bends: readonly Mutation[] = [
  ...bent("controllers/ntcip/offset-reference.ts", OFFSETS, [
    ["offsets sent as they are", "(plan.offset_s + later_s) % plan.cycle_s", "plan.offset_s"],
    ["offsets moved the wrong way", "(plan.offset_s + later_s)", "(plan.offset_s + plan.cycle_s - later_s)"],
    ["offsets read as they are", "(((offset_s - later_s) % cycle_s) + cycle_s) % cycle_s", "offset_s"],
  ]),
  ...bent(`${G}/carry-out.ts`, CARRIED, [["lights that nobody looks at", "if (last.ok) lights.look(last.value);", ""]]),
  ...bent(`${G}/coordinated-watch.ts`, OFFSETS, [
    [
      "any green in place of the coordinated ones",
      "this.#intersection.signal.coord_phases.every((phase) => greens.includes(phase))",
      "greens.length > 0",
    ],
  ]),
  ...bent("core/signal/derive/clearances.ts", FORMULAS, [
    ["yellow without reaction time", "const yellow_s = REACTION_S + ", "const yellow_s = "],
    ["yellow that brakes harder", "DECELERATION_MS2 = 3.05", "DECELERATION_MS2 = 3.5"],
    ["yellow that forgets the slope", "+ GRAVITY_MS2 * (grade_pct / 100)", ""],
    ["yellow without a floor", "Math.max(YELLOW_FLOOR_S, yellow_s)", "yellow_s"],
    ["red clearance without the vehicle", "(conflict_width_m + CAR_M)", "conflict_width_m"],
    ["red clearance without the slow rider", "Math.max(car_s, rider_s)", "car_s"],
    ["red clearance without a floor", "Math.max(RED_CLEAR_FLOOR_S, upToTenth(", "Math.max(0, upToTenth("],
  ]),
  ...bent("core/signal/derive/derived.ts", FORMULAS, [
    ["tenths rounded down", "Math.ceil(seconds * 10 - 1e-9)", "Math.floor(seconds * 10)"],
    ["seconds rounded down", "Math.ceil(seconds - 1e-9)", "Math.floor(seconds)"],
  ]),
  ...bent("core/signal/derive/intergreen.ts", FORMULAS, [
    ["intergreen without overrun", "const intergreen_s = overrun_s + ", "const intergreen_s = "],
    ["intergreen without the vehicle", "path_from_m + VEHICLE_M", "path_from_m"],
    ["intergreen without the rider", "Math.max(car_s, rider_s)", "car_s"],
    ["intergreen from the wrong path", "- path_to_m / ENTERING_MS", "- path_from_m / ENTERING_MS"],
  ]),
  ...bent("core/signal/derive/greens.ts", FORMULAS, [
    [
      "pedestrian clearance without the check from the button",
      "(crossing_m + BUTTON_M) / SLOW_WALKING_MS - walk_s",
      "0",
    ],
    ["pedestrian clearance with twice the buffer", "BUFFER_S = 3", "BUFFER_S = 6"],
  ]),
  ...bent("core/signal/derive/derivations.ts", FORMULAS, [
    [
      "red clearance at the speed of approach of a turn",
      "Math.min(speed_kmh, entry_speed_kmh ?? speed_kmh)",
      "speed_kmh",
    ],
    ["intergreen of one direction only", 'one(b, a, "intergreen_ba_s", [path_b_m, path_a_m])', ""],
  ]),
  ...bent("core/signal/derive/fill.ts", FORMULAS, [
    ["the shortest derived value wins", "Math.max(...values)", "Math.min(...values)"],
    [
      "what cannot be derived is left at nothing",
      'if (red_clear_s === undefined) missing.push(["clearances", i, "red_clear_s"]);',
      "",
    ],
  ]),
  ...bent(
    "core/signal/needs.ts",
    [...PLANS, "test/core/signal/validate/parts.test.ts"],
    [
      ["a pedestrian service without its clearance", "phase.walk_s + phase.ped_clear_s : 0", "phase.walk_s : 0"],
      [
        "a green that forgets people",
        "Math.max(phase.min_green_s, phase.walk_s > 0",
        "Math.max(phase.min_green_s, phase.walk_s > 999",
      ],
      [
        "a clearance without red",
        "deciseconds(found.yellow_s) + deciseconds(found.red_clear_s)",
        "deciseconds(found.yellow_s)",
      ],
      ["an intergreen of one direction", "if (b === from && a === to) stated", "if (false) stated"],
      [
        "an intergreen below yellow and red",
        "return Math.max(stated, clearance_ds(signal, from));",
        "return stated > 0 ? stated : clearance_ds(signal, from);",
      ],
    ],
  ),
  ...bent(`${V}/plan.ts`, PLANS, [
    ["splits need a second less", "if (!(split.split_s >= need_s))", "if (!(split.split_s + 1 >= need_s))"],
    ["splits without their clearance", "needGreen_s(known) + clearance_ds(signal, phase) / 10", "needGreen_s(known)"],
    ["any coordinated phase may be left out", "if (coord.includes(phase))", "if (false)"],
    ["rings that need not fill the cycle", "if (cycle === plan.cycle_s) return found;", "return found;"],
    ["offsets as long as the cycle", "offset_s < cycle_s", "offset_s <= cycle_s"],
  ]),
  ...bent(`${V}/overlaps.ts`, PLANS, [
    [
      "phases of one ring may run together",
      "if (a.ring === b.ring || a.group !== b.group) return false;",
      "if (a.group !== b.group) return false;",
    ],
    [
      "phases across a barrier may run together",
      "if (a.ring === b.ring || a.group !== b.group) return false;",
      "if (a.ring === b.ring) return false;",
    ],
    ["greens that leave no time to wait for an intergreen", "green_s >= needGreen_s(phase)", "green_s >= 0"],
    ["a wait that is measured to the wrong side", "if (wait > lead)", "if (wait < lead)"],
  ]),
  ...bent(`${V}/waits.ts`, PLANS, [
    ["a wait without the clearance", " + clearance_ds(signal, phase)", ""],
    ["a limit that nobody holds", "got_s > longest_wait_s", "got_s > 9999"],
    ["a limit of walkers that nobody holds", "walk_got_s > longest_walk_wait_s", "walk_got_s > 9999"],
  ]),
  ...bent(`${V}/clearances.ts`, INTERSECTIONS, [
    ["yellows a tenth too short", "if (got_s >= need_s) return [];", "if (got_s + 0.1 >= need_s) return [];"],
    ["red clearances under the floor", "red_clear_s < RED_CLEAR_FLOOR_S", "red_clear_s < 0"],
  ]),
  ...bent(`${V}/preempts.ts`, INTERSECTIONS, [
    [
      "entry clearances a tenth too short",
      'got_s === undefined || got_s >= need_s\n        ? []\n        : [report("PREEMPT_ENTRY_SHORT"',
      'got_s === undefined || got_s + 0.1 >= need_s\n        ? []\n        : [report("PREEMPT_ENTRY_SHORT"',
    ],
    ["everybody counts as having signed", "if (preempt.signed_off !== undefined) return [];", "return [];"],
    ["phases that must not meet in a preempt", "!mayMeet(signal, a, b)", "false"],
    ["a train that empties no track", '|| (kind === "rail" && !tracked)', ""],
    ["presence shorter than the preempt", "max_presence_s < need_s", "max_presence_s < 0"],
    ["links to a higher rank", "RANKS.indexOf(next.kind) < RANKS.indexOf(preempt.kind)", "false"],
    [
      "links in a circle",
      'if (passed.has(at.number)) return "PREEMPT_LINK_CIRCLE";',
      "if (passed.has(at.number)) return null;",
    ],
  ]),
  ...bent(`${V}/overlap-lamps.ts`, INTERSECTIONS, [
    [
      "overlaps that meet what crosses them",
      "if (parent === foe || mayMeet(signal, parent, foe))",
      "if (parent === foe)",
    ],
    [
      "overlaps that include what crosses them",
      "if (parent === foe || mayMeet(signal, parent, foe))",
      "if (mayMeet(signal, parent, foe))",
    ],
    [
      "trails that end when the other starts a second later",
      "trail_ds(overlap) <= between_ds",
      "trail_ds(overlap) <= between_ds + 10",
    ],
  ]),
  ...bent(`${V}/monitor.ts`, INTERSECTIONS, [
    [
      "overlaps that a monitor lets meet their foes",
      "if (crosses(signal, a, b) || crosses(signal, b, a)) return false;",
      "",
    ],
    ["monitors that look at walk lamps alone", 'each.shows !== "walk" && ', 'each.shows === "walk" && '],
    [
      "monitors that trip under the shortest yellow",
      "deciseconds(min_yellow_s) < deciseconds(shortest.yellow_s)",
      "true",
    ],
  ]),
  ...bent(
    "core/signal/structure.ts",
    [...INTERSECTIONS, ...DATABASES],
    [
      [
        "listed conflicts that may meet",
        "return !signal.conflicts.some((pair)",
        "return !signal.permissive.some((pair: any)",
      ],
      ["one ring may run with itself", "ringA >= 0 && ringB >= 0 && ringA !== ringB", "ringA >= 0 && ringB >= 0"],
    ],
  ),
  ...bent(
    "core/signal/change-rate.ts",
    ["test/core/signal/change-rate.test.ts"],
    [
      ["changes after two cycles", "CYCLES_BETWEEN = 3", "CYCLES_BETWEEN = 2"],
      ["changes taken back at once", "CYCLES_BEFORE_REVERSAL = 6", "CYCLES_BEFORE_REVERSAL = 3"],
      ["cycles that jump by a fifth", "CYCLE_SHARE = 0.1", "CYCLE_SHARE = 0.2"],
      ["splits that jump by half", "SPLIT_SHARE = 0.2", "SPLIT_SHARE = 0.5"],
      ["splits that jump by nine seconds", "SPLIT_S = 8", "SPLIT_S = 9"],
      ["reversals of a split unseen", "back(a, b, split_s);", "false;"],
    ],
  ),
  ...bent("core/signal/schedule/calendar.ts", CALENDAR, [
    ["months that are not looked at", "(set.months & (1 << month)) !== 0 && ", ""],
    ["dates that are not looked at", "(set.dates & (1 << (date - 1))) !== 0 && ", ""],
    ["weekdays that are not looked at", " && (set.days & (1 << weekday)) !== 0", ""],
    ["entries that keep what a higher one took", "taken.push(set);", ""],
  ]),
  ...bent("core/signal/schedule/zone.ts", CALENDAR, [
    ["a clock that jumps an hour late", "return high;", "return high + 3_600_000;"],
    ["the second of two", ".sort((a, b) => a - b)", ".sort((a, b) => b - a)"],
  ]),
  ...bent(
    "core/signal/transition/transition.ts",
    ["test/core/signal/transition/transition.test.ts"],
    [
      [
        "shortening below what phases need",
        "Math.min(limits.subtract * plan.cycle_s, slack_s(signal, plan))",
        "limits.subtract * plan.cycle_s",
      ],
      ["the slack of the quickest ring", "slack += Math.min(...running", "slack += Math.max(...running"],
      [
        "the wrong way round",
        "return modulo(clock_s - due_s, plan.cycle_s);",
        "return modulo(due_s - clock_s, plan.cycle_s);",
      ],
    ],
  ),
  ...bent("core/signal/sequences.ts", PLANS, [
    [
      "every sequence is the first",
      "return { ...intersection, signal: { ...intersection.signal, rings } };",
      "return intersection;",
    ],
  ]),
  ...bent(`${G}/device-matches-site.ts`, PROOFS, [
    ["a device with a yellow of its own", '"yellow change": tenth(clearance.yellow_s),', ""],
    ["a device with a red clearance of its own", '"red clearance": tenth(clearance.red_clear_s),', ""],
    [
      "a device with a minimum green of its own",
      '"minimum green": tenth(phase.min_green_s),\n    walk: tenth(phase.walk_s),\n    "pedestrian clearance": tenth(phase.ped_clear_s),\n    ring: String(ring + 1)',
      'walk: tenth(phase.walk_s),\n    "pedestrian clearance": tenth(phase.ped_clear_s),\n    ring: String(ring + 1)',
    ],
    [
      "a device with a walk of its own",
      'walk: tenth(phase.walk_s),\n    "pedestrian clearance": tenth(phase.ped_clear_s),\n    ring: String(ring + 1)',
      '"pedestrian clearance": tenth(phase.ped_clear_s),\n    ring: String(ring + 1)',
    ],
    [
      "a device with a pedestrian clearance of its own",
      '"pedestrian clearance": tenth(phase.ped_clear_s),\n    ring: String(ring + 1)',
      "ring: String(ring + 1)",
    ],
    ["a device with rings of its own", "ring: String(ring + 1),", ""],
    ["a device with pairs of its own", "concurrency: list(concurrentWith(signal, ring, group)),", ""],
    ["a device with phases of its own", "...strangers.map((number) =>", "...[].map((number) =>"],
    ["a device with an order of its own", "...ringDifferences(id, signal, device, numbers),", ""],
    ["a device with other sequences", "...sequenceDifferences(intersection, device, sequences, numbers),", ""],
    [
      "a device without a phase",
      "if (phase === undefined) return [differs(",
      "if (phase === undefined) return [];\n    if (false) return [differs(",
    ],
  ]),
  ...bent(`${G}/prove.ts`, PROOFS, [
    [
      "fields that no plan has",
      "const parsed = planSchema.safeParse(candidate);",
      "const parsed = planSchema.strip().safeParse(candidate);",
    ],
    ["a site that is not sound", "if (site.length > 0) return refuse(withoutPlan, [...site, ...device]);", ""],
    ["a plan that is not sound", "...sorted(validatePlan(intersection, plan)),", ""],
    ["patterns beside the plan", "if (found.length === 0) return [];", "return [];"],
    ["limits of automatic change", "...rate,", ""],
    ["a device that is not the site's", "    ...device,\n    ...rate", "    ...rate"],
    ["a rehearsal that nobody looks at", "if (findings.length > 0) return refuse(all, findings);", ""],
    ["a backup timer that is off", "timing.backup_time_s > 0 ?", "timing.backup_time_s >= 0 ?"],
    [
      "sequences of patterns beside the plan",
      "const run = [...sequences, ...timing.patterns.map((pattern) => pattern.sequence)];",
      "const run = [...sequences];",
    ],
  ]),
  ...bent(`${G}/proved-plan.ts`, PROOFS, [
    ["anything that looks like a proof", "proofs.has(candidate as ProvedPlan);", '"digest" in candidate;'],
    ["proofs that can be changed", "const copy = frozenCopy(plan);", "const copy = plan;"],
  ]),
  ...bent(`${G}/prove-database.ts`, DATABASES, [
    ["databases of other devices", "...deviceFindings(intersection, facts.timing, []),", ""],
    ["patterns of a database", "...patternFindings(intersection, facts.timing.patterns),", ""],
    ["preempts of a database", "...sorted(preemptRowProblems(intersection, facts)),", ""],
    ["what a database and the site agree on", '...under("I3", agreementProblems(intersection, facts)),', ""],
    ["the time base of a database", "...sorted(timeBaseProblems(id, facts)),", ""],
    ["operation by hand", '...under("I5", manualProblems(id, facts)),', ""],
    [
      "the document alone, not what it makes of the device",
      "databaseFacts(resulting(document.value, held), held, device)",
      "databaseFacts(parametersOf(held), held, device)",
    ],
    [
      "a document of another controller",
      "if (document.controller === controller) return ok(document);",
      "return ok(document);",
    ],
    [
      "a proof that is good for any reading",
      "sealDatabase(held.controller, document.value, parametersOf(held))",
      "sealDatabase(held.controller, document.value, {})",
    ],
    ["a site that is not sound, for a database", "if (site.length > 0) return refuse([], site);", ""],
  ]),
  ...bent(`${G}/database-preempts.ts`, DATABASES, [
    ["clearances of preempts that show nothing", "OF_UNUSED.includes(code) || ", ""],
    [
      "the end of track phases",
      "...preempts.flatMap((preempt) => trackProblems(preempt, signal.clearances, report)),",
      "",
    ],
  ]),
  ...bent(`${G}/database-facts.ts`, DATABASES, [
    ["tenths taken for seconds", "value === undefined ? undefined : value / 10", "value"],
    ["months moved by one", '(numberAt(row, "month_bits") ?? 0) >>> 1', '(numberAt(row, "month_bits") ?? 0) >>> 2'],
  ]),
  ...bent(`${G}/database-agrees.ts`, DATABASES, [
    ["coordinated phases that differ", "...coordinated(signal, facts),", ""],
    ["overlaps that differ", "...overlaps(signal, facts),", ""],
    ["preempts that differ", "...preempts(signal, facts),", ""],
    ["channels that differ", "...channels(signal, facts),", ""],
    ["days that differ", "...days(signal, facts),", ""],
  ]),
  ...bent(`${G}/street-judge.ts`, REHEARSED, [
    ["greens that may be short", 'this.#need(watched, "green", lasted_ds, needs.min_green_ds);', ""],
    ["yellows that may be short", 'this.#need(watched, "yellow", lasted_ds, needs.yellow_ds);', ""],
    ["yellows that may be missing", 'if (to === "red") this.#cut(watched, "yellow", 0, needs.yellow_ds);', ""],
    [
      "red clearances that may be missing",
      'if (to === "green") this.#cut(watched, "red clearance", 0, needs.red_clear_ds);',
      "",
    ],
    ["walks that may be short", 'this.#need(watched, "walk", lasted_ds, needs.walk_ds);', ""],
    [
      "pedestrian clearances that may be short",
      'this.#need(watched, "pedestrian clearance", lasted_ds, needs.ped_clear_ds);',
      "",
    ],
    [
      "pedestrian clearances that may be missing",
      'if (to === "dont_walk") this.#cut(watched, "pedestrian clearance", 0, needs.ped_clear_ds);',
      "",
    ],
    ["walks without green", 'if (walk !== "dont_walk" && indication !== "green")', "if (false)"],
    ["conflicts that nobody sees", "|| !watched.foes.has(other.phase)) continue;", ") continue; else continue;"],
    ["intergreens that nobody sees", "if (ended_ds === null || at_ds - ended_ds >= least_ds) continue;", "continue;"],
    [
      "listed conflicts in the rehearsal",
      "if (signal.conflicts.some((pair) => (pair.a === a && pair.b === b) || (pair.a === b && pair.b === a))) return false;",
      "",
    ],
    [
      "conflicts across a barrier",
      "first.ring !== second.ring && first.group === second.group",
      "first.ring !== second.ring",
    ],
    [
      "conflicts in a ring",
      "first.ring !== second.ring && first.group === second.group",
      "first.group === second.group",
    ],
    [
      "intergreens of one direction in the rehearsal",
      "return pair.b === from && pair.a === to ? [ds(pair.intergreen_ba_s ?? 0)] : [];",
      "return [];",
    ],
    [
      "intergreens without yellow and red",
      "return Math.max(yellow_ds + red_clear_ds, ...stated);",
      "return Math.max(yellow_ds, ...stated);",
    ],
  ]),
  ...bent(`${G}/rehearsal.ts`, REHEARSED, [
    ["waits that nobody counts", "got_s > 2 * plan.cycle_s ?", "got_s > 999 * plan.cycle_s ?"],
  ]),
  ...bent(`${M}/rings.ts`, MACHINE, [
    [
      "the machine's yellow a tenth short",
      "if (ring.timer >= ring.yellow) endYellow",
      "if (ring.timer + 1 >= ring.yellow) endYellow",
    ],
    [
      "the machine's red clearance a tenth short",
      "ring.timer >= ring.redClear) endRedClear",
      "ring.timer + 1 >= ring.redClear) endRedClear",
    ],
    ["the machine without red clearance", "ring.redClear = value(w.c.redClear, phase);", "ring.redClear = 0;"],
    [
      "the machine with the yellow of another phase",
      "ring.yellow = value(w.c.yellow, phase);",
      "ring.yellow = value(w.c.yellow, 0);",
    ],
    ["the machine without intergreens", "if (s.step - value(s.greenEnd, other) < ds) return false;", ""],
    [
      "the machine that starts over a running yellow",
      "ring.interval = RED_CLEAR;\n  ring.timer = 0;",
      "ring.interval = RED_CLEAR;\n  ring.timer = 999;",
    ],
  ]),
  ...bent(`${M}/green.ts`, MACHINE, [
    [
      "the machine's minimum green a tenth short",
      "ring.timer >= ring.least && ring.walk === DONT_WALK",
      "ring.timer + 1 >= ring.least && ring.walk === DONT_WALK",
    ],
    [
      "the machine's walk cut by the end of green",
      "ring.timer >= ring.least && ring.walk === DONT_WALK",
      "ring.timer >= ring.least",
    ],
  ]),
  ...bent(`${M}/walk.ts`, MACHINE, [
    [
      "the machine's walk a tenth short",
      "ring.walkTimer >= lesser(ring.walkFor, leaving?.walk_ds)",
      "ring.walkTimer + 1 >= lesser(ring.walkFor, leaving?.walk_ds)",
    ],
    [
      "the machine's pedestrian clearance a tenth short",
      "ring.walkTimer >= lesser(ring.pedClearFor, leaving?.ped_clear_ds)",
      "ring.walkTimer + 1 >= lesser(ring.pedClearFor, leaving?.ped_clear_ds)",
    ],
    [
      "the machine without pedestrian clearance",
      "ring.pedClearFor = value(w.c.pedClear, ring.phase);",
      "ring.pedClearFor = 0;",
    ],
  ]),
  ...bent(`${M}/convert.ts`, MACHINE, [
    ["a machine that is told no intergreens", "return ds > clearance ? [{ from, to, ds }] : [];", "return [];"],
    [
      "a machine that is told intergreens the wrong way round",
      "return ds > clearance ? [{ from, to, ds }] : [];",
      "return ds > clearance ? [{ from: to, to: from, ds }] : [];",
    ],
  ]),
  ...bent(
    `${M}/timetable.ts`,
    ["test/core/signal/machine/machine.test.ts", "test/core/signal/machine/refusals.test.ts", ...PLANS],
    [
      [
        "a machine that takes offsets as long as the cycle",
        "pattern.offset_ds >= cycle) return refuse",
        "pattern.offset_ds > cycle) return refuse",
      ],
      [
        "a machine that takes splits above the cycle",
        'at(splits.split, p)) > cycle) return refuse("splitOverrun");',
        'at(splits.split, p)) > 2 * cycle) return refuse("splitOverrun");',
      ],
      [
        "a machine that takes greens below what they need",
        "if (at(force, p) - at(green, p) < needGreen(c, p)) return null;",
        "",
      ],
    ],
  ),
];
