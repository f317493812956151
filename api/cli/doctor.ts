/** `greenwave doctor`: is this machine, this installation and this data folder fit for work, and what to do if not. */
import { execFile } from "node:child_process";
import { existsSync } from "node:fs";
import { readFile, statfs } from "node:fs/promises";
import { dirname, join } from "node:path";
import { promisify } from "node:util";
import { type Problem, problem, type Result, sentence } from "../../core/problems/problem.ts";
import { examineModel, measureMachine } from "../../detectors/index.ts";
import { defaultDataDir, projectRoot, storagePlace } from "../service/settings.ts";
import { systemClock } from "../service/system-clock.ts";
import { ffmpegProblem } from "../service/system-parts.ts";
import { openStorage } from "../storage/open-storage.ts";
import type { Verb } from "./verb.ts";

interface Finding {
  readonly name: string;
  readonly ok: boolean;
  readonly detail: string;
}

const LEAST_FREE_BYTES = 1e9;

const well = (name: string, detail: string): Finding => ({ name, ok: true, detail });
const ill = (name: string, ...problems: readonly Problem[]): Finding => ({
  name,
  ok: false,
  detail: problems.map((p) => sentence(p)).join(" "),
});

async function ffmpegFinding(): Promise<Finding> {
  const lacking = await ffmpegProblem();
  if (lacking !== null) return ill("ffmpeg", lacking);
  const { stdout } = await promisify(execFile)("ffmpeg", ["-version"]);
  return well("ffmpeg", stdout.split("\n")[0] ?? "");
}

async function modelFinding(): Promise<Finding> {
  const model = await examineModel();
  return model.ok ? well("detector model", model.value) : ill("detector model", ...model.problems);
}

/** The vector instructions that decide how fast a detector runs here. */
async function processorFinding(): Promise<Finding> {
  const text = existsSync("/proc/cpuinfo") ? await readFile("/proc/cpuinfo", "utf8") : "";
  const flags = new Set(/^flags\s*:\s*(.*)$/m.exec(text)?.[1]?.split(" ") ?? []);
  const model = /^model name\s*:\s*(.*)$/m.exec(text)?.[1] ?? process.arch;
  const known = ["avx2", "avx512f", "avx512_vnni", "avx_vnni"].filter((flag) => flags.has(flag));
  return well("processor", `${model}; ${known.join(" ") || "no wide vector instructions known"}`);
}

/** How many cameras it carries, from a short measurement. */
async function eyesFinding(): Promise<Finding> {
  const measured = await measureMachine();
  if (!measured.ok) return ill("eyes", ...measured.problems);
  const { cores, cameras_usual, cameras_least, decode_ms, look_ms } = measured.value;
  const found = `${cores} cores carry about ${cameras_usual} cameras of 1080p looked at 10 times a second, ${cameras_least} at 5`;
  return well(
    "eyes",
    `${found} (${decode_ms.toFixed(1)} ms to decode a picture, ${look_ms.toFixed(1)} ms to look at one)`,
  );
}

/** The nearest folder that exists: the data folder may still have to be made. */
function existing(folder: string): string {
  return existsSync(folder) || dirname(folder) === folder ? folder : existing(dirname(folder));
}

async function diskFinding(dataDir: string): Promise<Finding> {
  const { bavail, bsize } = await statfs(existing(dataDir));
  const free = bavail * bsize;
  const gigabytes = (free / 1e9).toFixed(1);
  if (free < LEAST_FREE_BYTES) return ill("disk", problem("DISK_NEARLY_FULL", { folder: dataDir, free_gb: gigabytes }));
  return well("disk", `${gigabytes} GB free`);
}

async function memoryOf(dataDir: string): Promise<Result<string>> {
  const storage = await openStorage({ ...storagePlace(dataDir), clock: systemClock });
  if (!storage.ok) return storage;
  try {
    const { broken_at, entries, fault } = await storage.value.ledger.verify();
    if (broken_at === null) return { ok: true, value: `ledger of ${entries} entries verifies` };
    return { ok: false, problems: [problem("LEDGER_BROKEN", { at: broken_at, fault: fault ?? "unknown", entries })] };
  } finally {
    await storage.value.close();
  }
}

async function dataFinding(dataDir: string): Promise<Finding> {
  if (!existsSync(dataDir)) return well("data folder", `${dataDir} will be made at the first start`);
  const memory = await memoryOf(dataDir);
  if (memory.ok) return well("data folder", memory.value);
  const inUse = memory.problems.some(({ code }) => code === "DATA_FOLDER_OCCUPIED");
  if (inUse) return well("data folder", "in use by a running service; its page shows whether the ledger verifies");
  return ill("data folder", ...memory.problems);
}

function pageFinding(): Finding {
  const page = join(projectRoot(), "dist", "web", "index.html");
  return existsSync(page) ? well("page", "built") : ill("page", problem("PAGE_NOT_BUILT"));
}

export const doctorVerb: Verb = {
  name: "doctor",
  summary: "examine this machine, installation and data folder",
  positionals: "",
  maxPositionals: 0,
  options: { data: { type: "string", placeholder: "<folder>", help: "data folder to examine (.greenwave/data)" } },
  async run(args) {
    const dataDir = args.text("data") ?? defaultDataDir();
    const findings = [
      well("node", process.version),
      await processorFinding(),
      await ffmpegFinding(),
      await modelFinding(),
      await eyesFinding(),
      pageFinding(),
      await diskFinding(dataDir),
      await dataFinding(dataDir),
    ];
    const sick = findings.filter((finding) => !finding.ok);
    const document = { ok: sick.length === 0, findings };
    const text = findings.map(({ name, ok, detail }) => `${ok ? "ok  " : "ILL "} ${name}: ${detail}`).join("\n");
    if (sick.length === 0) return { ok: true, document, text };
    return {
      ok: false,
      problems: [problem("DOCTOR_FOUND", { names: sick.map((one) => one.name).join(", ") })],
      document,
      text,
    };
  },
};
