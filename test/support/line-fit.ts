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
