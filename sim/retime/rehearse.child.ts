/** Opens a scenario once, then rehearses one plan after another in it. */
import { inlineMore } from "../runner/inline-more.ts";
import { openScenario, type Scenario } from "../scenario/open-scenario.ts";
import { type RehearsalAnswer, type RehearsalOrder, rehearsalOrderSchema } from "./rehearsal-messages.ts";
import { rehearse } from "./rehearse.ts";

interface Opened {
  readonly scenario: Scenario;
  readonly begin_s: number;
  readonly end_s: number;
}

let opened: Opened | null = null;

const say = (answer: RehearsalAnswer): void => void process.send?.(answer);

async function open({ files, plans }: Extract<RehearsalOrder, { kind: "open" }>): Promise<void> {
  const scenario = await openScenario(files, plans);
  if (!scenario.ok) {
    say({ kind: "failed", problems: [...scenario.problems] });
    return;
  }
  opened = { scenario: scenario.value, begin_s: files.begin_s, end_s: files.end_s };
  say({ kind: "listening" });
}

function obey(message: unknown): void {
  const order = rehearsalOrderSchema.parse(message);
  if (order.kind === "open") void open(order);
  else if (opened === null) throw new Error("told to rehearse before a scenario was opened");
  else say({ kind: "rehearsed", id: order.id, rehearsal: rehearse({ ...opened, ...order }) });
}

inlineMore();
process.on("message", obey);
process.on("disconnect", () => process.exit(0));
// Ctrl-C reaches the whole process group; the parent decides when its children end.
process.on("SIGINT", () => undefined);
