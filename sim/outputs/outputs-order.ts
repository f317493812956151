/** Which outputs are wanted of a run, and where. */
import { z } from "zod";
import { failed, ok, problem, type Result } from "../../core/problems/problem.ts";

export const outputKinds = ["tripinfo", "summary", "edgedata", "lanedata", "queue", "events"] as const;

export const outputsOrderSchema = z.strictObject({
  folder: z.string(),
  kinds: z.array(z.enum(outputKinds)),
  format: z.enum(["xml", "csv"]),
  /** Length of an interval of edge and lane data. */
  period_s: z.number().positive(),
});

export type OutputsOrder = z.infer<typeof outputsOrderSchema>;

const usualPeriod_s = 300;

export interface OutputWords {
  readonly folder: string | undefined;
  readonly kinds: string | undefined;
  readonly format: string | undefined;
  readonly period: string | undefined;
}

/** What the words of a command line ask for; null without a folder. */
export function outputsOrderOf({ folder, kinds, format, period }: OutputWords): Result<OutputsOrder | null> {
  if (folder === undefined) {
    const stray = Object.entries({ outputs: kinds, format, "output-period": period }).find(
      ([, text]) => text !== undefined,
    );
    return stray === undefined ? ok(null) : failed(problem("OUTPUT_NO_FOLDER", { option: `--${stray[0]}` }));
  }
  const named = kinds === undefined ? [...outputKinds] : kinds.split(",").map((word) => word.trim());
  const strange = named.find((word) => !outputKinds.some((kind) => kind === word));
  if (strange !== undefined) return failed(problem("OUTPUT_KIND", { found: strange, known: outputKinds.join(", ") }));
  if (format !== undefined && format !== "xml" && format !== "csv")
    return failed(problem("OUTPUT_FORMAT", { found: format }));
  const period_s = period === undefined ? usualPeriod_s : Number(period);
  if (!(period_s >= 1 && period_s <= 86_400)) return failed(problem("OUTPUT_PERIOD", { found: period ?? "" }));
  return ok({ folder, kinds: named as OutputsOrder["kinds"], format: format ?? "xml", period_s });
}
