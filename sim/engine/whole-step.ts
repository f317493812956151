/** A step that is driven as a whole, in place of the classes: `compiled-step.ts`. */
export interface WholeStep {
  /** Before a step: can it be driven here? */
  readonly works: boolean;
  plan(): void;
  move(): void;
  change(): void;
  /** After a step: what those who stayed on their lane emitted (`outputs/stayers.ts`). */
  stay(): void;
}
