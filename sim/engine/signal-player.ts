/** Plays the programs in force: at each moment the state of every link they rule. */
import { programsInForce } from "../network/programs-in-force.ts";
import type { SignalProgram } from "../network/road-network.ts";
import { ActuatedSignal, gapRules } from "./signal-actuated.ts";
import { detectionOf } from "./signal-detection.ts";
import { FixedSignal } from "./signal-fixed.ts";
import { SignalHeads, signalHeads } from "./signal-heads.ts";
import { SignalLoops } from "./signal-loops.ts";
import type { World } from "./world.ts";

/** What its program wants shown from now on; asked once a step. */
interface Signal {
  wants(now_s: number): string;
}

export class SignalPlayer {
  readonly #world: World;
  readonly #loops: SignalLoops;
  readonly #heads: ReadonlyMap<string, SignalHeads>;
  readonly #played: readonly (readonly [SignalHeads, Signal])[];

  /** `programs` are loaded after the network's own. */
  constructor(world: World, programs: readonly SignalProgram[]) {
    const { network } = world;
    this.#world = world;
    this.#loops = new SignalLoops(world);
    this.#heads = signalHeads(network);
    this.#played = programsInForce(network, programs)
      .filter((program) => program !== null)
      .map((program) => {
        const heads = this.#heads.get(program.signal) ?? new SignalHeads([], []);
        return [heads, this.#signal(heads, program)];
      });
  }

  /** What a signal shows; empty for one without a program. */
  shown(signal: string): string {
    return this.#heads.get(signal)?.text ?? "";
  }

  /** From the next step on a signal shows this in place of its program. */
  hold(signal: string, state: string): void {
    this.#heads.get(signal)?.hold(state);
  }

  /** Before a step. */
  show(): void {
    const { now_s, state } = this.#world;
    for (const [heads, signal] of this.#played) heads.show(signal.wants(now_s), state);
  }

  /** When all have moved. */
  note(): void {
    this.#loops.note();
  }

  #signal(heads: SignalHeads, program: SignalProgram): Signal {
    if (program.type !== "actuated") return new FixedSignal(program);
    const rules = gapRules(program);
    const detections = detectionOf(this.#world, heads, program, rules);
    const held = detections.map((each) => ({ ...each, loop: this.#loops.add(each) }));
    return new ActuatedSignal({ program, rules, loops: this.#loops, held }, this.#world.now_s);
  }
}
