/** `greenwave forecast`: the next quarter of an hour of every lane of a site, from the flow that is stored. */
import { forecast, type LaneForecast } from "../../core/forecast/forecast.ts";
import { slot_ms } from "../../core/forecast/slot-series.ts";
import { problem } from "../../core/problems/problem.ts";
import { networkLearner } from "../forecast/network-learner.ts";
import { defaultSiteFile } from "../service/settings.ts";
import { loadSite } from "../site/load.ts";
import { storedSeries } from "./stored-series.ts";
import type { Outcome, Verb, VerbArguments } from "./verb.ts";

const tenth = (value: number | null): number | null => (value === null ? null : Math.round(value * 10) / 10);
const hundredth = (value: number | null): number | null => (value === null ? null : Math.round(value * 100) / 100);

const rowOf = ({ coverage, errors, high, lane, low, method, start_ms, vehicles }: LaneForecast) => ({
  lane,
  start: new Date(start_ms).toISOString(),
  vehicles: tenth(vehicles),
  low: tenth(low),
  high: tenth(high),
  method,
  errors: {
    last_week: hundredth(errors.last_week),
    smoothing: hundredth(errors.smoothing),
    network: hundredth(errors.network),
  },
  coverage: hundredth(coverage),
});

function textOf(rows: readonly ReturnType<typeof rowOf>[]): string {
  const error = (value: number | null): string => value?.toFixed(1) ?? "-";
  return rows
    .map(({ errors, high, lane, low, method, start, vehicles }) => {
      const off = `off by ${error(errors.last_week)} as last week, ${error(errors.smoothing)} smoothed, ${error(errors.network)} network`;
      return `${lane}: ${vehicles} vehicles (${low} to ${high}) from ${start}, by ${method.replace("_", " ")}; ${off}`;
    })
    .join("\n");
}

async function run(args: VerbArguments): Promise<Outcome> {
  const data = args.text("data");
  if (data === undefined) return { ok: false, problems: [problem("FORECAST_WITHOUT_DATA", {})] };
  const loaded = await loadSite(args.positionals[0] ?? defaultSiteFile());
  if (!loaded.ok) return loaded;
  const series = await storedSeries(loaded.value.site, data);
  if (!series.ok) return series;
  const made = await forecast(series.value, await networkLearner());
  if (made.length === 0) {
    return { ok: false, problems: [problem("FORECAST_TOO_SHORT", { lanes: series.value.length })] };
  }
  const rows = made.map(rowOf);
  return { ok: true, document: { slot_s: slot_ms / 1000, lanes: rows }, text: textOf(rows) };
}

export const forecastVerb: Verb = {
  name: "forecast",
  summary: "say how many vehicles each lane gets in the next quarter of an hour",
  positionals: "[site.yaml]",
  maxPositionals: 1,
  options: {
    data: { type: "string", placeholder: "<folder>", help: "the flow stored here (the service must be stopped)" },
  },
  more:
    "Needs two weeks of flow; uses eight. Of last week, smoothing and a small neural network each lane takes the one that was\n" +
    "best on days that it had not learned from; all their errors are told, on still later days.",
  run,
};
