/**
 * A process for tests to kill: it opens the cases of a data folder and makes their evidence, through what is built, and
 * says on stdout, a line of JSON each, what it has come to. One argument, JSON: `data`, `detections` as [id, detection] to
 * open, `kill` as { step, after_ms } or null, and `real` for the networks in place of copies. With `refusing` storage takes no
 * case; what an earlier process noted is offered first.
 */
import { copyFile, mkdir } from "node:fs/promises";
import { join } from "node:path";
import { setTimeout as delay } from "node:timers/promises";
import sharp from "sharp";
import { InProcessBus } from "../../dist/api/bus/in-process-bus.js";
import { CaseOpener } from "../../dist/api/enforcement/case-opener.js";
import { signingKey } from "../../dist/api/evidence/keys.js";
import { createEvidenceMaking } from "../../dist/api/evidence/making/making.js";
import { openPlateVault } from "../../dist/api/plates/plate-vault.js";
import { openStorage } from "../../dist/api/storage/open-storage.js";
import { openRing, readVehiclePlate, redactClip, redactPictures } from "../../dist/detectors/index.js";

const { data, detections, kill, real, refusing = false } = JSON.parse(process.argv[2] ?? "{}");
const clock = { nowMs: () => Date.now(), sleep: (ms, signal) => delay(ms, undefined, { signal }) };
const say = (line) => process.stdout.write(`${JSON.stringify(line)}\n`);
const words = (error) => (error instanceof Error ? (error.stack ?? error.message) : String(error));
const log = {
  info: () => undefined,
  warn: (fields, message) => say({ warn: message, ...fields }),
  error: (fields, message) => say({ warn: message, reason: words(fields.error) }),
};

/** Names the moment, and dies at it or a little later where that is what it is for. */
function reached(step) {
  say({ step });
  if (step !== kill?.step) return;
  const die = () => process.kill(process.pid, "SIGKILL");
  if (kill.after_ms === 0) die();
  else setTimeout(die, kill.after_ms);
}

function needed(result) {
  if (!result.ok) throw new Error(JSON.stringify(result.problems));
  return result.value;
}

/** Nothing is hidden: the pictures are of numbers, and what matters here is where the power goes. */
const plain = {
  readPlate: async () => ({ ok: true, value: null }),
  redactClip: async ({ clip, out }) => ({ ok: true, value: await copyFile(clip, out) }),
  redactPictures: async ({ pictures }) => {
    for (const { in: from, out } of pictures) await sharp(from).toFile(out);
    return { ok: true, value: undefined };
  },
};

const vault = needed(await openPlateVault(data, clock));
const storage = needed(await openStorage({ dataDir: data, clock, vault }));
const { cases } = storage;

/** The store as it is, with one more moment named: sealed in the log, and not yet a package. */
const watched = {
  get: (...args) => cases.get(...args),
  list: (...args) => cases.list(...args),
  log: (...args) => cases.log(...args),
  setEvidence: (...args) => cases.setEvidence(...args),
  record: async (...args) => {
    const entry = await cases.record(...args);
    reached("recorded");
    return entry;
  },
};

await mkdir(join(data, "keys"), { recursive: true });
const ring = openRing(join(data, "recordings"));
const bus = new InProcessBus({ log });
const opener = new CaseOpener({
  cases: refusing ? { open: () => Promise.reject(new Error("the disk is full")) } : cases,
  hold: (camera, span) => ring.hold(camera, span),
  journal: join(data, "acts-waiting"),
  sampled: () => false,
  ...{ bus, clock, log },
});
await opener.start();
if (refusing) {
  for (const [, detection] of detections) opener.open(detection);
  while (opener.noted < detections.length || opener.problem() === null) await delay(5);
  reached("refused");
  await new Promise(() => setInterval(() => undefined, 1000));
}
for (const [id, detection] of detections) {
  reached("opening");
  const span = { from_ms: Math.round(detection.at_ms - 10_000), to_ms: Math.round(detection.at_ms + 10_000) };
  await ring.hold(detection.camera, { ...span, reason: id });
  reached("held");
  await cases.open(id, detection, false, Date.now());
  say({ told: id });
  reached("opened");
}
const making = createEvidenceMaking({
  ring,
  cases: watched,
  folder: join(data, "evidence"),
  keys: [await signingKey(join(data, "keys"))],
  tools: real ? { readPlate: readVehiclePlate, redactClip, redactPictures } : plain,
  site: { id: "da-nang", timezone: "Asia/Ho_Chi_Minh", country: "vn", place: () => "Bạch Đằng" },
  span: { before_ms: 3000, after_ms: 3000 },
  clock,
  bus,
  log,
  heard: (_id, step) => reached(step),
});
await making.start(new AbortController().signal);
for (let told = ""; ; await delay(50)) {
  const code = making.problem()?.code ?? "";
  if (code !== told) say({ trouble: code });
  told = code;
  const left = await cases.list({ evidence: "pending", limit: 1 }).catch(() => [null]);
  if (left.length === 0 && making.progress().now.length === 0) break;
}
await making.close("done");
await opener.close();
await storage.close();
say({ done: true });
