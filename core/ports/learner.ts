/** Whoever learns numbers from examples: a neural network where there is one. */

export interface Examples {
  /** Numbers of one example, one after the other, then those of the next. */
  readonly inputs: Float32Array;
  readonly width: number;
  readonly targets: Float32Array;
}

/** What was learned: a number for each example of such inputs. */
export type Learned = (inputs: Float32Array) => Float32Array;

export interface Learner {
  /** The same examples teach the same. */
  learn(examples: Examples): Promise<Learned>;
}
