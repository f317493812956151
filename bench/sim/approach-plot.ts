/** One approach on both engines as a picture: how queues leave, and how long one is on it. */
import type { ApproachStudy } from "./approach-study.ts";

const [width, height, edge] = [460, 300, 48];
const colours = { sumo: "#b3541e", own: "#1e5fb3" } as const;

interface Panel {
  readonly title: string;
  readonly x: string;
  readonly y: string;
  readonly right: number;
  readonly top: number;
}

type Points = readonly (readonly [x: number, y: number])[];

/** A figure above it whose quarters read well. */
function roundUp(value: number): number {
  const decade = 10 ** Math.floor(Math.log10(value));
  return decade * ([1, 2, 4, 5, 6, 8, 10].find((step) => step * decade >= value) ?? 10);
}

function panel(
  at: number,
  { title, x, y, right, top }: Panel,
  lines: Readonly<Record<"sumo" | "own", Points>>,
): string {
  const left = at * width + edge;
  const [wide, high] = [width - 2 * edge, height - 2 * edge];
  const px = (value: number): string => (left + (value / right) * wide).toFixed(1);
  const py = (value: number): string => (height - edge - (value / top) * high).toFixed(1);
  const path = (points: Points): string =>
    points.map(([a, b], n) => `${n === 0 ? "M" : "L"}${px(a)} ${py(b)}`).join("");
  const ticks = [0, 0.25, 0.5, 0.75, 1].flatMap((share) => [
    `<text x="${px(share * right)}" y="${height - edge + 16}" text-anchor="middle">${+(share * right).toFixed(1)}</text>`,
    `<text x="${left - 6}" y="${py(share * top)}" text-anchor="end" dy="4">${+(share * top).toFixed(2)}</text>`,
  ]);
  const named = (name: "sumo" | "own", text: string, row: number): string =>
    `<path d="${path(lines[name])}" fill="none" stroke="${colours[name]}" stroke-width="2"/>` +
    `<text x="${left + wide - 4}" y="${edge + 14 + 16 * row}" text-anchor="end" fill="${colours[name]}">${text}</text>`;
  return [
    `<text x="${left}" y="${edge - 16}" font-weight="bold">${title}</text>`,
    `<path d="M${left} ${edge}V${height - edge}H${left + wide}" fill="none" stroke="#333"/>`,
    ...ticks,
    `<text x="${left + wide / 2}" y="${height - 12}" text-anchor="middle">${x}</text>`,
    `<text x="${left - 36}" y="${edge - 4}">${y}</text>`,
    named("sumo", "SUMO", 0),
    named("own", "ours", 1),
  ].join("\n");
}

/** Share of values up to each: a hundred points suffice. */
function shares(sorted: readonly number[]): Points {
  return Array.from({ length: 101 }, (_, n) => {
    const at = Math.min(sorted.length - 1, Math.round((n / 100) * (sorted.length - 1)));
    return [sorted[at] as number, n / 100];
  });
}

export function approachPlot(title: string, sumo: ApproachStudy, own: ApproachStudy): string {
  const queue = ({ headways_s }: ApproachStudy): Points => headways_s.map(({ mean_s }, at) => [at + 1, mean_s]);
  const [most, longest] = [
    [...queue(sumo), ...queue(own)],
    [...sumo.travelTimes_s, ...own.travelTimes_s],
  ];
  const discharge = panel(
    0,
    {
      title: "seconds between vehicles of a queue",
      x: "place in the queue",
      y: "s",
      right: roundUp(Math.max(...most.map(([place]) => place))),
      top: roundUp(Math.max(...most.map(([, seconds]) => seconds))),
    },
    { sumo: queue(sumo), own: queue(own) },
  );
  const travel = panel(
    1,
    { title: `time on ${title}`, x: "s", y: "share", right: roundUp(Math.max(...longest)), top: 1 },
    { sumo: shares(sumo.travelTimes_s), own: shares(own.travelTimes_s) },
  );
  const size = `width="${2 * width}" height="${height}" viewBox="0 0 ${2 * width} ${height}"`;
  return `<svg xmlns="http://www.w3.org/2000/svg" ${size} font-family="sans-serif" font-size="11">
<rect width="100%" height="100%" fill="#fff"/>
${discharge}
${travel}
</svg>
`;
}
