/** `greenwave cameras`: how the cameras of the running service do; `--accept` when one was looked at and is right. */
import { z } from "zod";
import type { FeedStatus } from "../../core/ports/detection-feed.ts";
import { problem } from "../../core/problems/problem.ts";
import { DEFAULT_PORT } from "../service/settings.ts";
import { askAs, askService, PASSWORD_VARIABLE } from "./service-session.ts";
import type { Outcome, Verb } from "./verb.ts";

const stateSchema = z.object({
  feeds: z.array(z.custom<FeedStatus>((feed) => typeof feed === "object" && feed !== null && "phase" in feed)),
});
const acceptedSchema = z.object({ camera: z.string(), accepted: z.literal(true) });

/** Accepts in the name of an account that may. */
async function accept(base: string, camera: string, account: string, stop: AbortSignal): Promise<Outcome> {
  const path = `/api/cameras/${encodeURIComponent(camera)}/accept`;
  const accepted = await askAs(account, { base, path, body: {} }, acceptedSchema, stop);
  if (!accepted.ok) return accepted;
  return { ok: true, document: accepted.value, text: `${camera}: accepted as it is` };
}

const refused = (reason: string): Outcome => ({
  ok: false,
  problems: [problem("BAD_ARGUMENT", { verb: "cameras", reason })],
});

function told({ feed, phase, blindness = null, frames_per_s, message }: FeedStatus): string {
  const state = phase === "live" && blindness !== null ? `live, but ${blindness}` : phase;
  return `${feed}: ${state}, ${frames_per_s} pictures a second${message === null ? "" : `\n  ${message}`}`;
}

export const camerasVerb: Verb = {
  name: "cameras",
  summary: "how the cameras of the running service do; accept what one shows",
  positionals: "",
  maxPositionals: 0,
  options: {
    accept: {
      type: "string",
      placeholder: "<camera>",
      help: "somebody has looked: what this camera shows now is right, count again",
    },
    account: {
      type: "string",
      placeholder: "<name>",
      help: `in whose name to accept; the password is read from ${PASSWORD_VARIABLE}`,
    },
    url: {
      type: "string",
      placeholder: "<url>",
      help: `where the service is (default http://127.0.0.1:${DEFAULT_PORT})`,
    },
  },
  more: "A camera that was moved, covered or is dirty counts nothing until it is as before, or until somebody accepts it.",
  async run(args, { stop }): Promise<Outcome> {
    const base = args.text("url") ?? `http://127.0.0.1:${DEFAULT_PORT}`;
    if (!URL.canParse(base)) return refused(`${base} is no URL`);
    const camera = args.text("accept");
    if (camera !== undefined) {
      const account = args.text("account");
      return account === undefined
        ? refused("--accept needs --account: the service writes down who accepted")
        : accept(base, camera, account, stop);
    }
    const state = await askService({ base, path: "/api/state" }, stateSchema, stop);
    if (!state.ok) return state;
    const cameras = state.value.feeds.filter(({ origin }) => origin === "camera");
    return { ok: true, document: { cameras }, text: cameras.map(told).join("\n") || "no camera has a picture" };
  },
};
