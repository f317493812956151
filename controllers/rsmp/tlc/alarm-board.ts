/** The alarms of every component: active, acknowledged, suspended. Each change is told once, with the state after it. */
import type { SxlVersion } from "../protocol/versions.ts";
import { alarmCodes, alarmSpec, argumentsIn } from "../sxl/catalogue.ts";
import type { ComponentType } from "../sxl/tlc-commands.ts";

export interface Component {
  readonly id: string;
  readonly type: ComponentType;
  readonly name: string;
}

export interface Alarm {
  readonly component: string;
  readonly code: string;
  readonly active: boolean;
  readonly acknowledged: boolean;
  readonly suspended: boolean;
  /** When it last changed, by the clock of the site. */
  readonly changed_ms: number;
  readonly priority: 2 | 3;
  readonly values: readonly { readonly n: string; readonly v: string }[];
}

export type AlarmChange = "Issue" | "Acknowledge" | "Suspend" | "Resume";

const keyOf = (component: string, code: string): string => `${code} ${component}`;

/** What this site says of an alarm's circumstances: its alarms are raised by inputs, not by real detectors or lamps. */
const circumstances: Readonly<Record<string, string>> = {
  type: "loop",
  errormode: "on",
  manual: "False",
  logicerror: "always_on",
  color: "red",
  protocol: "rsmp",
  timeplan: "1",
};

export class AlarmBoard {
  readonly #alarms = new Map<string, Alarm>();
  readonly #clock_ms: () => number;
  readonly #tell: (change: AlarmChange, alarm: Alarm) => void;

  constructor(
    components: readonly Component[],
    sxl: SxlVersion,
    clock_ms: () => number,
    tell: (change: AlarmChange, alarm: Alarm) => void,
  ) {
    this.#clock_ms = clock_ms;
    this.#tell = tell;
    for (const { id, type } of components) {
      for (const code of alarmCodes(sxl, type)) this.#alarms.set(keyOf(id, code), fresh(id, code, sxl, clock_ms()));
    }
  }

  get all(): readonly Alarm[] {
    return [...this.#alarms.values()];
  }

  find(component: string, code: string): Alarm | undefined {
    return this.#alarms.get(keyOf(component, code));
  }

  raise(component: string, code: string): void {
    const alarm = this.find(component, code);
    if (alarm !== undefined && !alarm.active) this.#change("Issue", alarm, { active: true, acknowledged: false });
  }

  clear(component: string, code: string): void {
    const alarm = this.find(component, code);
    if (alarm?.active) this.#change("Issue", alarm, { active: false });
  }

  acknowledge(alarm: Alarm): void {
    this.#change("Acknowledge", alarm, { acknowledged: true });
  }

  suspend(alarm: Alarm): void {
    this.#change("Suspend", alarm, { suspended: true });
  }

  resume(alarm: Alarm): void {
    this.#change("Resume", alarm, { suspended: false });
  }

  clearAll(): void {
    for (const alarm of this.all) this.clear(alarm.component, alarm.code);
  }

  /** A suspended alarm changes in silence, and what changes nothing is not told. */
  #change(
    change: AlarmChange,
    alarm: Alarm,
    fields: Partial<Pick<Alarm, "active" | "acknowledged" | "suspended">>,
  ): void {
    const differs = Object.entries(fields).some(([name, value]) => alarm[name as keyof Alarm] !== value);
    if (!differs) return;
    const next = { ...alarm, ...fields, changed_ms: this.#clock_ms() };
    this.#alarms.set(keyOf(alarm.component, alarm.code), next);
    if (change === "Issue" && next.suspended) return;
    this.#tell(change, next);
  }
}

function fresh(component: string, code: string, sxl: SxlVersion, changed_ms: number): Alarm {
  const spec = alarmSpec(code, sxl);
  const names = spec === null ? [] : [...argumentsIn(spec, sxl).keys()];
  return {
    component,
    code,
    active: false,
    acknowledged: false,
    suspended: false,
    changed_ms,
    priority: spec?.priority ?? 3,
    values: names.map((n) => ({ n, v: n === "detector" ? component : (circumstances[n] ?? "") })),
  };
}
