/** `greenwave player`: a replay shown in the browser, until SIGINT or SIGTERM. */
import { once } from "node:events";
import { readFile } from "node:fs/promises";
import { problem } from "../../core/problems/problem.ts";
import { openReplay } from "../../core/replay/decode.ts";
import { listen } from "../http/listen.ts";
import { buildPlayerServer } from "../http/player-server.ts";
import { oneReplay } from "../replays/replay-files.ts";
import { numberOption } from "./arguments.ts";
import type { Verb } from "./verb.ts";

export const playerVerb: Verb = {
  name: "player",
  summary: "look at a replay that `simulate --replay` wrote, in the browser",
  positionals: "<replay file>",
  maxPositionals: 1,
  options: {
    port: { type: "string", placeholder: "<n>", help: "port of the page on 127.0.0.1 (any free one unless said)" },
  },
  more:
    "Only this machine sees the page. The running service shows replays of its data folder's folder `replays` at /player\n" +
    "to whoever may see traffic.",
  async run(args, context) {
    const [file] = args.positionals;
    if (file === undefined) {
      return { ok: false, problems: [problem("MISSING_ARGUMENT", { verb: "player", what: "a replay file" })] };
    }
    const port = numberOption(args, "port", { min: 0, max: 65_535 });
    if (!port.ok) return port;
    const replays = await oneReplay(file);
    if (!replays.ok) return replays;
    // Whatever is wrong with the file is said here, before a page opens on it.
    const read = openReplay(await readFile(file));
    if (!read.ok) return { ok: false, problems: read.problems.map((each) => ({ ...each, at: { file } })) };
    const server = await buildPlayerServer(replays.value);
    const listening = await listen(server, port.value ?? 0);
    if (!listening.ok) return listening;
    const { header, frames } = read.value;
    const url = `${listening.value.url}/player`;
    const document = { ready: true, url, scenario: header.scenario, seed: header.seed, seconds: frames - 1 };
    context.announce(document, `the replay plays at ${url} (stop with Ctrl+C)`);
    if (!context.stop.aborted) await once(context.stop, "abort");
    await server.close();
    return { ok: true, document: undefined, text: "" };
  },
};
