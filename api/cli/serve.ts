/** `greenwave serve`: the whole service, until SIGINT or SIGTERM. */
import { once } from "node:events";
import { ok, type Result } from "../../core/problems/problem.ts";
import { startService } from "../compose.ts";
import { DEFAULT_PORT, defaultDataDir, defaultSiteFile, type ServeSettings } from "../service/settings.ts";
import { numberOption } from "./arguments.ts";
import type { Verb, VerbArguments } from "./verb.ts";

const DEFAULT_SEED = 1;

function settingsOf(args: VerbArguments): Result<ServeSettings> {
  const port = numberOption(args, "port", { min: 0, max: 65_535 });
  if (!port.ok) return port;
  const seed = numberOption(args, "seed", { min: 0, max: 2 ** 32 - 1 });
  if (!seed.ok) return seed;
  const address = args.text("source");
  return ok({
    siteFile: args.positionals[0] ?? args.text("site") ?? defaultSiteFile(),
    dataDir: args.text("data") ?? defaultDataDir(),
    port: port.value ?? DEFAULT_PORT,
    source: address === undefined ? null : { address, camera: args.text("camera") ?? null },
    seed: seed.value ?? DEFAULT_SEED,
  });
}

export const serveVerb: Verb = {
  name: "serve",
  summary: "run the service: measure, retime, push, and show it on a page",
  positionals: "[site.yaml]",
  maxPositionals: 1,
  options: {
    site: { type: "string", placeholder: "<file>", help: "the site file (the sample corridor by default)" },
    source: {
      type: "string",
      placeholder: "<file|rtsp url>",
      help: "a real picture for a camera of the site; files loop",
    },
    camera: { type: "string", placeholder: "<id>", help: "the camera that --source is for (the first by default)" },
    port: {
      type: "string",
      placeholder: "<n>",
      help: `port of the page on 127.0.0.1 (${DEFAULT_PORT}; 0: any free one)`,
    },
    data: { type: "string", placeholder: "<folder>", help: "where everything is kept (.greenwave/data)" },
    seed: { type: "string", placeholder: "<n>", help: `seed of simulated traffic (${DEFAULT_SEED})` },
  },
  async run(args, context) {
    const settings = settingsOf(args);
    if (!settings.ok) return settings;
    const service = await startService(settings.value, context.stop);
    const { status } = service.health();
    context.announce(
      {
        ready: true,
        url: service.url,
        status,
        pid: process.pid,
        site: service.site,
        data: service.data,
        controllers: service.controllers,
      },
      `greenwave is running: ${service.url} (stop with Ctrl+C)`,
    );
    if (!context.stop.aborted) await once(context.stop, "abort");
    await service.close("asked to stop");
    return { ok: true, document: undefined, text: "" };
  },
};
