/** One change at a time at an intersection, whoever makes it; and who took it out of whose hands. */
import type { Problem } from "../../core/problems/problem.ts";

export class Claims {
  readonly #held = new Map<string, { overtaken: Problem | null }>();

  isHeld(intersection: string): boolean {
    return this.#held.has(intersection);
  }

  /** Null when somebody else holds it. */
  take(intersection: string): { overtaken(): Problem | null; free(): void } | null {
    if (this.#held.has(intersection)) return null;
    const claim: { overtaken: Problem | null } = { overtaken: null };
    this.#held.set(intersection, claim);
    return {
      overtaken: () => claim.overtaken,
      free: () => {
        this.#held.delete(intersection);
      },
    };
  }

  /** Whoever holds it is told, at their next look, why they have to stop. */
  overtake(intersection: string, why: Problem): void {
    const claim = this.#held.get(intersection);
    if (claim !== undefined) claim.overtaken ??= why;
  }
}
