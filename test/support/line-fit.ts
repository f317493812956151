/** A straight line through measurements, and how sure its slope is. */

export interface LineFit {
  readonly slope: number;
  /** Half the width of the 95 % confidence interval of the slope. */
  readonly within: number;
}

/** Two-sided 95 % quantiles of Student's t for 1, 2, 3 … degrees of freedom; the last stands for all beyond (Fisher, Yates). */
const student = [
  12.71, 4.3, 3.18, 2.78, 2.57, 2.45, 2.36, 2.31, 2.26, 2.23, 2.2, 2.18, 2.16, 2.14, 2.13, 2.12, 2.11, 2.1,
];
const beyond = 2.09;

/** Least squares; needs three points or more. Neighbouring errors are taken for independent. */
export function fitLine(points: readonly (readonly [x: number, y: number])[]): LineFit {
  const n = points.length;
  const [meanX, meanY] = [0, 1].map((axis) => points.reduce((sum, point) => sum + (point[axis] ?? 0), 0) / n) as [
    number,
    number,
  ];
  const spread = points.reduce((sum, [x]) => sum + (x - meanX) ** 2, 0);
  const slope = points.reduce((sum, [x, y]) => sum + (x - meanX) * (y - meanY), 0) / spread;
  const residual = points.reduce((sum, [x, y]) => sum + (y - meanY - slope * (x - meanX)) ** 2, 0);
  const t = student[n - 3] ?? beyond;
  return { slope, within: t * Math.sqrt(residual / (n - 2) / spread) };
}

export interface RobustFit {
  readonly slope: number;
  /** 95 % confidence interval of the slope. */
  readonly from: number;
  readonly to: number;
}

/**
 * The median of the slopes of all pairs: steps and single spikes, as garbage collectors make them, move it little (Theil
 * 1950; interval by Sen 1968, "Estimates of the regression coefficient based on Kendall's tau"). Needs four points or more.
 */
export function fitRobustLine(points: readonly (readonly [x: number, y: number])[]): RobustFit {
  const slopes = points
    .flatMap(([x, y], n) => points.slice(n + 1).map(([later, higher]) => (higher - y) / (later - x)))
    .sort((a, b) => a - b);
  const n = points.length;
  // Standard deviation of Kendall's S without ties.
  const spread = 1.96 * Math.sqrt((n * (n - 1) * (2 * n + 5)) / 18);
  const ranked = (rank: number): number => slopes[Math.min(slopes.length - 1, Math.max(0, rank))] ?? Number.NaN;
  const half = slopes.length / 2;
  return {
    slope: (ranked(Math.floor(half)) + ranked(Math.ceil(half) - 1)) / 2,
    from: ranked(Math.floor(half - spread / 2)),
    to: ranked(Math.ceil(half + spread / 2)),
  };
}
