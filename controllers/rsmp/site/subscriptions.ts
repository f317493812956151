/** What a supervisor wants to be told without asking again: by interval, on change, or both. */
import type { StatusValue, Value } from "../protocol/messages.ts";

export interface Wanted {
  readonly component: string;
  readonly code: string;
  readonly name: string;
  /** 0 is on change only. */
  readonly interval_ms: number;
  readonly onChange: boolean;
}

interface Subscription extends Wanted {
  sent_ms: number;
  last: string;
}

export interface Told {
  readonly s: Value;
  readonly q: StatusValue["q"];
}

const keyOf = (component: string, code: string, name: string): string => `${code} ${name} ${component}`;

export class Subscriptions {
  readonly #all = new Map<string, Subscription>();

  get count(): number {
    return this.#all.size;
  }

  /** A second subscription to the same value replaces the first. The first value of each is due at once. */
  add(wanted: readonly Wanted[]): void {
    for (const one of wanted) {
      this.#all.set(keyOf(one.component, one.code, one.name), { ...one, sent_ms: Number.NEGATIVE_INFINITY, last: "" });
    }
  }

  remove(component: string, code: string, name: string): void {
    this.#all.delete(keyOf(component, code, name));
  }

  clear(): void {
    this.#all.clear();
  }

  /** Keeps only those that may be buffered, when the connection is gone. */
  keepOnly(keep: (component: string, code: string, name: string) => boolean): void {
    for (const [key, { component, code, name }] of this.#all) {
      if (!keep(component, code, name)) this.#all.delete(key);
    }
  }

  /** What is to be sent now, by component. */
  due(
    now_ms: number,
    tell: (component: string, code: string, name: string) => Told,
  ): ReadonlyMap<string, readonly StatusValue[]> {
    const updates = new Map<string, StatusValue[]>();
    for (const subscription of this.#all.values()) {
      const { component, code, name } = subscription;
      const elapsed = subscription.interval_ms > 0 && now_ms - subscription.sent_ms >= subscription.interval_ms;
      const first = subscription.sent_ms === Number.NEGATIVE_INFINITY;
      if (!elapsed && !first && !subscription.onChange) continue;
      const told = tell(component, code, name);
      const value = JSON.stringify(told);
      if (!elapsed && !first && value === subscription.last) continue;
      subscription.sent_ms = now_ms;
      subscription.last = value;
      const values = updates.get(component) ?? [];
      values.push({ sCI: code, n: name, ...told });
      updates.set(component, values);
    }
    return updates;
  }
}
