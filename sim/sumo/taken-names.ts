/** Names of vehicles or of people: whoever has one that was given before would stand twice in all that is told of a run. */
import type { XmlElement } from "./xml.ts";

/** As a flow numbers those that it makes. */
const numbered = /^(?<flow>.*)\.(?<number>0|[1-9]\d{0,8})$/s;

export class TakenNames {
  readonly #single = new Set<string>();
  /** By flow: how many it makes at most, each named after it, with its number. */
  readonly #flows = new Map<string, number>();
  /** By what stands before the number: the least number of a single one that is named as if it came of a flow. */
  readonly #least = new Map<string, number>();

  /** Of one vehicle or person. */
  take(id: string, element: XmlElement): void {
    const parts = numbered.exec(id)?.groups;
    const [flow, number] = [parts?.["flow"] ?? "", Number(parts?.["number"] ?? Number.POSITIVE_INFINITY)];
    if (this.#single.has(id) || number < (this.#flows.get(flow) ?? 0)) throw twice(element, id);
    this.#single.add(id);
    if (parts !== undefined) this.#least.set(flow, Math.min(number, this.#least.get(flow) ?? number));
  }

  /** Of a flow that makes `most` of them at most. */
  takeFlow(id: string, most: number, element: XmlElement): void {
    if (this.#flows.has(id)) throw twice(element, id);
    const number = this.#least.get(id) ?? Number.POSITIVE_INFINITY;
    if (number < most) throw twice(element, `${id}.${number}`);
    this.#flows.set(id, most);
  }
}

const twice = (element: XmlElement, id: string) =>
  element.wrong("SCENARIO_NAME_TWICE", { element: element.name, id: id.slice(0, 60) }, "id");
