/**
 * The manager and a city of virtual controllers in another process, over SNMPv3 and lines that lose datagrams: a plan of
 * fifty values downloaded to all, read back, activated and confirmed; then the status of all once a second. It is night in
 * the city, and everybody runs free: a device under a pattern would take a new one at its next local zero only.
 *
 * GREENWAVE_DEVICES (166), GREENWAVE_DEVICES_S (600), GREENWAVE_DEVICES_LOSS (0.05, each way).
 */
import { fork } from "node:child_process";
import { once } from "node:events";
import { cpus, loadavg } from "node:os";
import { fileURLToPath } from "node:url";
import {
  createNtcipController,
  eightPhases,
  examine,
  type NtcipController,
  pollDevices,
  type V3User,
} from "../controllers/index.ts";
import { listed, type Problem } from "../core/problems/problem.ts";
import type { Plan } from "../core/signal/plan.ts";
import { systemClock } from "../detectors/system-clock.ts";
import type { StreetOrder, StreetWord } from "./devices/street-words.ts";
import { median, percentile } from "./vision/statistics.ts";

const count = Number(process.env["GREENWAVE_DEVICES"] ?? 166);
const seconds = Number(process.env["GREENWAVE_DEVICES_S"] ?? 600);
const loss = Number(process.env["GREENWAVE_DEVICES_LOSS"] ?? 0.05);
const TIMEOUT_S = 2;
/** Reading and proving keep a core busy; waiting for a device to confirm does not. */
const AT_ONCE = 48;

const user: V3User = {
  user: "centre",
  auth: "sha256",
  priv: "aes128",
  authKey: "bench-authentication",
  privKey: "bench-privacy-phrase",
};

const say = (line: string): void => {
  process.stdout.write(`${line}\n`);
};

async function startStreet() {
  const child = fork(fileURLToPath(new URL("./devices/street.child.js", import.meta.url)), { stdio: "inherit" });
  let trips: readonly string[] = [];
  const heard = async (kind: StreetWord["kind"]): Promise<StreetWord> => {
    for (;;) {
      const [word] = (await once(child, "message")) as [StreetWord];
      if (word.kind === kind) return word;
    }
  };
  child.on("message", (word: StreetWord) => {
    if (word.kind === "trips") trips = word.trips;
  });
  const order = (one: StreetOrder): void => {
    child.send(one);
  };
  await heard("listening");
  const ready = heard("ready");
  order({ kind: "start", count, user });
  const word = await ready;
  return {
    ports: word.kind === "ready" ? word.ports : [],
    lose: (share: number) => order({ kind: "lose", share }),
    trips: () => trips,
    close: () => child.kill("SIGTERM"),
  };
}

const managers = (ports: readonly number[]): readonly NtcipController[] =>
  ports.map((port, i) => {
    const id = `device-${i + 1}`;
    const reach = { host: "127.0.0.1", port, version: user, timeout_s: TIMEOUT_S };
    return createNtcipController({ id, intersection: eightPhases(id), clock: systemClock, ...reach });
  });

/** The device's own second pattern, a little later, as pattern 9: proved, sent, read back, activated, confirmed. */
async function push(controller: NtcipController, failures: Problem[]): Promise<number | null> {
  const started_ms = performance.now();
  const timing = await controller.readTiming();
  const [, model] = timing.ok ? timing.value.patterns : [];
  if (!timing.ok || model === undefined) return fail(failures, timing.ok ? [] : timing.problems);
  const plan: Plan = { ...model, pattern: 9, offset_s: (model.offset_s + 5) % model.cycle_s };
  const { result } = examine(eightPhases(controller.id), plan, timing.value, { over: model.pattern });
  if (!result.ok) return fail(failures, result.problems);
  const back = await controller.download(result.value);
  if (!back.ok) return fail(failures, back.problems);
  const active = await controller.activate(result.value, new AbortController().signal);
  return active.ok ? performance.now() - started_ms : fail(failures, active.problems);
}

function fail(failures: Problem[], problems: readonly Problem[]): null {
  failures.push(...problems);
  return null;
}

async function pushAll(controllers: readonly NtcipController[]): Promise<void> {
  const failures: Problem[] = [];
  const took_ms: number[] = [];
  const waiting = [...controllers];
  const cpu = process.cpuUsage();
  const started_ms = performance.now();
  const worker = async (): Promise<void> => {
    for (let next = waiting.shift(); next !== undefined; next = waiting.shift()) {
      const ms = await push(next, failures);
      if (ms !== null) took_ms.push(ms);
    }
  };
  await Promise.all(Array.from({ length: AT_ONCE }, worker));
  const wall_s = (performance.now() - started_ms) / 1000;
  const { user: cpuUser, system } = process.cpuUsage(cpu);
  took_ms.sort((a, b) => a - b);
  say(
    `plans: ${took_ms.length} of ${controllers.length} downloaded, read back, active and confirmed in ${wall_s.toFixed(1)} s; ` +
      `one takes ${(median(took_ms) / 1000).toFixed(1)} s, p99 ${(percentile(took_ms, 0.99) / 1000).toFixed(1)} s; ` +
      `manager ${((cpuUser + system) / 1e6 / wall_s).toFixed(2)} cores, the proofs included`,
  );
  if (failures.length > 0) say(listed(failures));
}

async function pollAll(controllers: readonly NtcipController[]): Promise<void> {
  const end = AbortSignal.timeout(seconds * 1000);
  const took_ms: number[] = [];
  let [missed, beats, lostBeats, onPlan] = [0, 0, 0, 0];
  const cpu = process.cpuUsage();
  const started_ms = performance.now();
  const beating = controllers.map(async (controller) => {
    while (!end.aborted) {
      const beat = await controller.heartbeat();
      if (beat.ok) beats++;
      else if (!end.aborted) lostBeats++;
      await systemClock.sleep((beat.ok ? beat.value.next_s : 1) * 1000, end).catch(() => undefined);
    }
  });
  await pollDevices(
    {
      devices: controllers.map(({ device }) => device),
      clock: systemClock,
      onPoll: (_, { asked_ms, status }) => {
        took_ms.push(status.at_ms - asked_ms);
        if (status.pattern === 9 && status.control_status === "systemControl") onPlan++;
      },
      onMiss: () => missed++,
    },
    end,
  );
  await Promise.all(beating);
  const wall_s = (performance.now() - started_ms) / 1000;
  const { user: cpuUser, system } = process.cpuUsage(cpu);
  took_ms.sort((a, b) => a - b);
  say(
    `status: ${took_ms.length} answers of ${controllers.length} devices in ${wall_s.toFixed(0)} s ` +
      `(${(took_ms.length / wall_s / controllers.length).toFixed(3)} a second each), ${missed} missed; ` +
      `p50 ${median(took_ms)} ms, p99 ${percentile(took_ms, 0.99)} ms, longest ${took_ms.at(-1)} ms; ` +
      `${onPlan} show our plan under our control`,
  );
  say(`heartbeats: ${beats}, ${lostBeats} not answered`);
  say(`manager: ${((cpuUser + system) / 1e6 / wall_s).toFixed(3)} cores`);
}

async function main(): Promise<void> {
  say(`${count} virtual controllers, SNMPv3 SHA-256 and AES-128, ${loss * 100} % lost each way, for ${seconds} s`);
  say(`machine: ${cpus().length} cores, load ${loadavg()[0]?.toFixed(1)} before`);
  const street = await startStreet();
  const controllers = managers(street.ports);
  street.lose(loss);
  try {
    await pushAll(controllers);
    await pollAll(controllers);
    say(`conflict monitors tripped: ${street.trips().length}; load ${loadavg()[0]?.toFixed(1)} after`);
  } finally {
    await Promise.all(controllers.map((controller) => controller.close()));
    street.close();
  }
}

await main();
