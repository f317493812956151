/** The YAML file that tells virtual controllers how to misbehave. */
import { parse } from "yaml";
import { z } from "zod";
import { failed, ok, problem, type Result, reasonOf } from "../../../core/problems/problem.ts";
import { type ObjectName, objects } from "../../ntcip/oids.ts";
import type { Faults } from "./faults.ts";

const share = z.number().min(0).max(1).default(0);
const milliseconds = z.number().min(0).max(60_000).default(0);

/** `phaseMinimumGreen.2`, `phaseMinimumGreen` for the whole column, or an identifier in numbers. */
const object = z
  .string()
  .regex(/^[\w.]+$/)
  .transform((text, context) => {
    if (/^[\d.]+$/.test(text)) return text;
    const [name = "", ...index] = text.split(".");
    const spec = objects[name as ObjectName];
    if (spec === undefined) {
      context.addIssue({ code: "custom", message: `${name} is not an object of NTCIP 1202` });
      return z.NEVER;
    }
    return [spec.oid, ...index].join(".");
  });

const schema = z.strictObject({
  /** Ids of the controllers that misbehave; all, where absent. */
  controllers: z.array(z.string()).optional(),
  silent: z.boolean().default(false),
  lost_replies: share,
  lost_requests: share,
  duplicated_requests: share,
  reordered_requests: share,
  delay_ms: milliseconds,
  jitter_ms: milliseconds,
  /** Objects it does not have, as another version would. */
  absent: z.array(object).default([]),
  /** What it says in place of what it holds. */
  lies: z.array(z.strictObject({ object, value: z.number().int() })).default([]),
  /** Done once, when the file is read. */
  reboot: z.boolean().default(false),
  clock_jump_s: z.number().min(-1e9).max(1e9).default(0),
});

export interface FaultOrders {
  /** Null: all. */
  readonly controllers: readonly string[] | null;
  readonly faults: Faults;
  readonly reboot: boolean;
  readonly clockJump_s: number;
}

export function readFaultOrders(file: string, text: string): Result<FaultOrders> {
  const bad = (reason: string): Result<never> => failed(problem("FAULTS_FILE_BAD", { file, reason }));
  let document: unknown;
  try {
    document = parse(text);
  } catch (cause) {
    return bad(reasonOf(cause).split("\n")[0] ?? "no YAML");
  }
  const read = schema.safeParse(document ?? {});
  if (!read.success) {
    return bad(read.error.issues.map(({ path, message }) => `${path.join(".")} ${message}`.trim()).join("; "));
  }
  const orders = read.data;
  return ok({
    controllers: orders.controllers ?? null,
    reboot: orders.reboot,
    clockJump_s: orders.clock_jump_s,
    faults: {
      silent: orders.silent,
      dropShare: orders.lost_replies,
      loseShare: orders.lost_requests,
      duplicateShare: orders.duplicated_requests,
      reorderShare: orders.reordered_requests,
      delay_ms: orders.delay_ms,
      jitter_ms: orders.jitter_ms,
      absent: orders.absent,
      lies: orders.lies.map((lie) => ({ oid: lie.object, value: lie.value })),
    },
  });
}
