/** The whole main job on a real picture, as a user runs it: every peer is real. */
import { execFile } from "node:child_process";
import { join } from "node:path";
import { fileURLToPath } from "node:url";
import { promisify } from "node:util";
import { afterEach, describe, expect, it } from "vitest";
import type { StoredPlan } from "../../core/ports/storage.ts";
import type { LaneReason } from "../../core/retime/proposal.ts";
import type { FlowInterval } from "../../core/traffic/flow-interval.ts";
import { eventually, type RunningGreenwave, startGreenwave, temporaryFolder } from "../support/greenwave-service.ts";
import { missing, sharedFolder } from "../support/peers.ts";
import { startRtspServer } from "../support/rtsp-server.ts";

const site = fileURLToPath(new URL("../fixtures/first-light.yaml", import.meta.url));
const COORD = "1.3.6.1.4.1.1206.4.2.1.4";
const WATCHED_LANE = "first-west";

const closers: (() => unknown)[] = [];
afterEach(async () => {
  for (const close of closers.splice(0).reverse()) await close();
});

interface PlansDocument {
  readonly in_force: readonly StoredPlan[];
}

interface Reasons {
  readonly lanes: readonly LaneReason[];
}

const measuredPlan = ({ in_force }: PlansDocument): StoredPlan | undefined =>
  in_force.find(({ plan, reasons }) => {
    const lane = (reasons as Reasons).lanes.find((one) => one.lane === WATCHED_LANE);
    return plan.intersection === "first" && lane?.origin === "measured";
  });

async function snmpget(service: RunningGreenwave, controller: string, oid: string): Promise<number> {
  const port = service.ready.controllers.find(({ id }) => id === controller)?.port;
  const args = ["-v2c", "-c", service.community(), "-Oqv", `127.0.0.1:${port}`, oid];
  return Number((await promisify(execFile)("snmpget", args)).stdout);
}

describe.skipIf(missing("ffmpeg", "RTSP server", "Net-SNMP tools", "shared data"))("first light", () => {
  it("turns a real RTSP picture into a plan inside a controller, read back equal", async () => {
    const rtsp = await startRtspServer(join(sharedFolder, "data/vision/videos/junction-a.mp4"));
    closers.push(() => rtsp.stop());
    const folder = temporaryFolder();
    closers.push(() => folder.remove());
    const service = await startGreenwave(folder.path, ["--site", site, "--source", rtsp.url]);
    closers.push(() => service.stop());

    const { intervals } = await eventually(
      "a flow interval with vehicles from the camera",
      () => service.json<{ intervals: FlowInterval[] }>(`/api/flows?lane=${WATCHED_LANE}`),
      (answer) => answer.intervals.some((one) => one.origin === "camera" && one.quality === "valid" && one.total > 0),
      90_000,
    );
    expect(new Set(intervals.map(({ feed }) => feed))).toEqual(new Set(["eye"]));

    const document = await eventually(
      "a plan in force that was computed from the measured lane",
      () => service.json<PlansDocument>("/api/plans"),
      (answer) => measuredPlan(answer) !== undefined,
      150_000,
    );
    const plan = measuredPlan(document)?.plan;
    if (plan === undefined) throw new Error("unreachable: eventually() has seen it");

    const read = (oid: string): Promise<number> => snmpget(service, "controller-first", `${COORD}.${oid}`);
    expect(await read("10.0")).toBe(plan.pattern);
    expect(await read(`7.1.2.${plan.pattern}`)).toBe(plan.cycle_s);
    expect(await read(`7.1.3.${plan.pattern}`)).toBe(plan.offset_s);
    const row = await read(`7.1.4.${plan.pattern}`);
    for (const { phase, split_s } of plan.splits) expect(await read(`9.1.3.${row}.${phase}`)).toBe(split_s);

    const ledger = await service.json<{ chain: { entries: number; broken_at: number | null } }>("/api/ledger");
    expect(ledger.chain.entries).toBeGreaterThan(0);
    expect(ledger.chain.broken_at).toBeNull();
  });
});
