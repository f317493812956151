/** Time against size, both on logarithmic axes, as SVG. */

export interface SizeTime {
  readonly signals: number;
  readonly first_s: number;
  readonly all_s: number;
  /** By how much less is waited than with the network's own plan, in our engine; null where there was no time to rehearse. */
  readonly saved: number | null;
}

const [width, height, margin] = [640, 400, 50];
const across = (signals: number): number => margin + ((width - 2 * margin) * Math.log10(signals / 10)) / 2;
const up = (seconds: number): number =>
  height - margin - ((height - 2 * margin) * Math.log10(Math.max(0.01, seconds) / 0.01)) / 5;

function line(points: readonly SizeTime[], of: (point: SizeTime) => number, colour: string): string {
  const at = points.map((point) => `${across(point.signals).toFixed(1)},${up(of(point)).toFixed(1)}`);
  return `<polyline points="${at.join(" ")}" fill="none" stroke="${colour}" stroke-width="2"/>`;
}

const all = "#1f6f43";
const first = "#b5651d";

/** At each size what the plan saves. */
const saving = ({ all_s, saved, signals }: SizeTime): string =>
  `<circle cx="${across(signals).toFixed(1)}" cy="${up(all_s).toFixed(1)}" r="3" fill="${all}"/>` +
  `<text x="${across(signals).toFixed(1)}" y="${(up(all_s) + 18).toFixed(1)}" text-anchor="middle" fill="#555">` +
  `${saved === null ? "-" : `${Math.round(100 * saved)} %`}</text>`;

/** From 10 to 1,000 signals and from 0.01 to 1,000 s. */
export function timeAgainstSize(points: readonly SizeTime[]): string {
  const sizes = [10, 30, 100, 300, 1000].map(
    (size) => `<text x="${across(size)}" y="${height - margin + 18}" text-anchor="middle">${size}</text>`,
  );
  const times = [0.01, 0.1, 1, 10, 100, 1000].map(
    (time) =>
      `<text x="${margin - 6}" y="${up(time) + 4}" text-anchor="end">${time}</text>` +
      `<path d="M${margin} ${up(time)}H${width - margin}" stroke="#ddd"/>`,
  );
  return [
    `<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 ${width} ${height}" font-family="sans-serif" font-size="12">`,
    ...sizes,
    ...times,
    line(points, ({ all_s }) => all_s, all),
    line(points, ({ first_s }) => first_s, first),
    `<text x="${margin}" y="20" fill="${all}">all, s; below it how much less is waited than with the network's own plan (-: not rehearsed)</text>`,
    `<text x="${margin}" y="36" fill="${first}">first plans, s</text>`,
    ...points.map(saving),
    `<text x="${width / 2}" y="${height - 10}" text-anchor="middle">signals</text>`,
    "</svg>",
    "",
  ].join("\n");
}
