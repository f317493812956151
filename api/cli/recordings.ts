/** `greenwave recordings`: what is kept of the cameras' pictures; clips out of it; spans that must stay. */
import { ok, type Problem, problem, type Result } from "../../core/problems/problem.ts";
import { type CameraRecording, type Clip, openRing } from "../../detectors/index.ts";
import { recordingsFolder } from "../service/recordings-folder.ts";
import { defaultDataDir, defaultSiteFile } from "../service/settings.ts";
import { loadSite } from "../site/load.ts";
import { instantOption } from "./instant.ts";
import type { Outcome, Verb, VerbArguments } from "./verb.ts";

type Ring = ReturnType<typeof openRing>;
type Deed = (ring: Ring, args: VerbArguments) => Promise<Outcome>;

interface Span {
  readonly camera: string;
  readonly from_ms: number;
  readonly to_ms: number;
}

const time = (ms: number): string => new Date(ms).toISOString();
const megabytes = (bytes: number): string => `${(bytes / 1e6).toFixed(1)} MB`;
const lacking = (what: string): Problem => problem("MISSING_ARGUMENT", { verb: "recordings", what });
const asked = <T>(result: Result<T>, document: (value: T) => unknown, text: (value: T) => string): Outcome =>
  result.ok ? { ok: true, document: document(result.value), text: text(result.value) } : result;

function told({ camera, spans, gaps, bytes, spoiled, holds }: CameraRecording): string {
  const rows = [
    ...spans.map((each) => ({
      at: each.from_ms,
      text: `  ${time(each.from_ms)} to ${time(each.to_ms)}  ${each.codec} ${each.width_px}x${each.height_px}, ${each.pictures} pictures, ${megabytes(each.bytes)}${each.damage > 0 ? `, ${each.damage} damaged` : ""}`,
    })),
    ...gaps.map(({ from_ms, to_ms, why }) => ({
      at: from_ms,
      text: `  ${time(from_ms)} to ${time(to_ms)}  nothing (${why}), ${((to_ms - from_ms) / 1000).toFixed(1)} s`,
    })),
  ].toSorted((a, b) => a.at - b.at);
  return [
    `${camera}: ${megabytes(bytes)}`,
    ...rows.map(({ text }) => text),
    ...holds.map(({ id, from_ms, to_ms, reason }) => `  held ${time(from_ms)} to ${time(to_ms)}  ${id}  ${reason}`),
    ...(spoiled > 0 ? [`  ${spoiled} index lines are spoiled`] : []),
  ].join("\n");
}

async function list(ring: Ring, args: VerbArguments): Promise<Outcome> {
  const camera = args.text("camera");
  const cameras: CameraRecording[] = [];
  for (const id of camera === undefined ? await ring.cameras() : [camera]) {
    const recording = await ring.recording(id);
    if (!recording.ok) return recording;
    cameras.push(recording.value);
  }
  return { ok: true, document: { cameras }, text: cameras.map(told).join("\n") || "nothing is recorded" };
}

function spanOf(args: VerbArguments): Result<Span> {
  const camera = args.text("camera");
  if (camera === undefined) return { ok: false, problems: [lacking("--camera")] };
  const [from, to] = [instantOption(args, "from"), instantOption(args, "to")];
  if (!from.ok) return from;
  if (!to.ok) return to;
  if (from.value === undefined || to.value === undefined) return { ok: false, problems: [lacking("--from and --to")] };
  return ok({ camera, from_ms: from.value, to_ms: to.value });
}

function clipText({ complete, gaps, files }: Clip): string {
  const wrote = files.map(
    ({ file, pictures, duration_s, from_ms, to_ms, sha256 }) =>
      `${file}: ${pictures.length} pictures, ${duration_s.toFixed(1)} s, ${time(from_ms)} to ${time(to_ms)}\n  sha256 ${sha256}`,
  );
  const lacks = gaps.map(({ from_ms, to_ms, why }) => `  missing ${time(from_ms)} to ${time(to_ms)} (${why})`);
  return [...wrote, complete ? "  complete" : "  not complete", ...lacks].join("\n");
}

async function cut(ring: Ring, args: VerbArguments): Promise<Outcome> {
  const span = spanOf(args);
  if (!span.ok) return span;
  const out = args.text("out");
  if (out === undefined) return { ok: false, problems: [lacking("--out")] };
  return asked(await ring.cut({ ...span.value, out }), (clip) => clip, clipText);
}

async function hold(ring: Ring, args: VerbArguments): Promise<Outcome> {
  const span = spanOf(args);
  if (!span.ok) return span;
  const { camera, from_ms, to_ms } = span.value;
  const reason = args.text("reason") ?? "";
  const held = await ring.hold(camera, { from_ms, to_ms, reason });
  return asked(
    held,
    (value) => value,
    ({ id }) => `held; let go with: greenwave recordings release --camera ${camera} --hold ${id}`,
  );
}

async function release(ring: Ring, args: VerbArguments): Promise<Outcome> {
  const [camera, id] = [args.text("camera"), args.text("hold")];
  if (camera === undefined || id === undefined) return { ok: false, problems: [lacking("--camera and --hold")] };
  const released = await ring.release(camera, id);
  return asked(
    released,
    () => ({ released: id }),
    () => "released",
  );
}

const deeds: Readonly<Record<string, Deed>> = { list, cut, hold, release };

async function folderOf(args: VerbArguments): Promise<Result<string>> {
  const site = await loadSite(args.text("site") ?? defaultSiteFile());
  if (!site.ok) return site;
  return ok(recordingsFolder(site.value.site, args.text("data") ?? defaultDataDir()));
}

export const recordingsVerb: Verb = {
  name: "recordings",
  summary: "what is kept of the cameras' pictures, and clips out of it",
  positionals: "[list|cut|hold|release]",
  maxPositionals: 1,
  options: {
    site: { type: "string", placeholder: "<file>", help: "the site file (the sample corridor by default)" },
    data: { type: "string", placeholder: "<folder>", help: "the service's data folder (.greenwave/data)" },
    camera: { type: "string", placeholder: "<id>", help: "of this camera only; needed to cut, hold and release" },
    from: { type: "string", placeholder: "<time>", help: "such as 2026-11-22T06:39:19Z, or milliseconds since 1970" },
    to: { type: "string", placeholder: "<time>", help: "the end, at most ten minutes later for a clip" },
    out: { type: "string", placeholder: "<file.mp4>", help: "where the clip goes" },
    reason: { type: "string", placeholder: "<text>", help: "why a span is held" },
    hold: { type: "string", placeholder: "<id>", help: "the hold to release" },
  },
  more:
    "A clip is made of whole keyframe groups, copied and never coded anew: it begins up to one group early and ends up to\n" +
    "one late. With --json: every picture's time in the clip, in the stream and on the clock. What is held does not leave\n" +
    "the ring until it is released. The service may run meanwhile.",
  async run(args) {
    const name = args.positionals[0] ?? "list";
    const deed = deeds[name];
    if (deed === undefined) {
      const known = Object.keys(deeds).join(", ");
      return {
        ok: false,
        problems: [problem("BAD_ARGUMENT", { verb: "recordings", reason: `${name} is none of ${known}` })],
      };
    }
    const folder = await folderOf(args);
    return folder.ok ? deed(openRing(folder.value), args) : folder;
  },
};
