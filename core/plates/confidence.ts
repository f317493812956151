/** From what was measured about a reading to the chance that it is right. */

export interface ReadingEvidence {
  /** The text's share of all candidates' weight, 0 to 1. */
  readonly share: number;
  /** The reader's chance of each character. */
  readonly characterChances: readonly number[];
  /** How much likelier a plate is than other text, as a logarithm. */
  readonly plateScore: number;
}

export interface ConfidenceWeights {
  readonly bias: number;
  readonly share: number;
  readonly weakest: number;
  readonly score: number;
}

/** Logistic regression; on what it was fitted: docs/reference/plates.md. scripts/fit-plate-confidence.js fits it anew. */
export const confidenceWeights: ConfidenceWeights = { bias: -0.7, share: 1.1, weakest: 0.45, score: 0.18 };
const LEAST = 1e-4;

/** Below, a plate is there but is called unreadable: a wrong text is worse than none. */
export const readableFrom = 0.67;

/**
 * Below this logit nobody saw the character: not even a lookalike of it (core/plates/glyphs.ts shares out a fifth of a
 * percent at least). Then the grammar made it up.
 */
const MADE_UP = { below: -6, slope: 3 } as const;

const logit = (chance: number): number => {
  const bounded = Math.min(1 - LEAST, Math.max(LEAST, chance));
  return Math.log(bounded / (1 - bounded));
};

/** What the regression sees of a reading. */
export function confidenceFeatures({ share, characterChances, plateScore }: ReadingEvidence): {
  readonly share: number;
  readonly weakest: number;
  readonly score: number;
} {
  return {
    share: logit(share),
    weakest: logit(Math.min(1, ...characterChances)),
    score: Math.min(6, Math.max(-6, plateScore)),
  };
}

/** Chance that the text is right in every character, 0 to 1. */
export function confidenceOf(evidence: ReadingEvidence, weights: ConfidenceWeights = confidenceWeights): number {
  const { share, weakest, score } = confidenceFeatures(evidence);
  const madeUp = MADE_UP.slope * Math.min(0, weakest - MADE_UP.below);
  const sum = weights.bias + weights.share * share + weights.weakest * weakest + weights.score * score + madeUp;
  return 1 / (1 + Math.exp(-sum));
}
