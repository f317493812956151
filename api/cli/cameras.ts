/** `greenwave cameras`: how the cameras of the running service do; `--accept` when one was looked at and is right. */
import { z } from "zod";
import type { FeedStatus } from "../../core/ports/detection-feed.ts";
import { failed, ok, problem, type Result } from "../../core/problems/problem.ts";
import { DEFAULT_PORT } from "../service/settings.ts";
import type { Outcome, Verb } from "./verb.ts";

const patience_ms = 5000;

const stateSchema = z.object({
  feeds: z.array(z.custom<FeedStatus>((feed) => typeof feed === "object" && feed !== null && "phase" in feed)),
});
const acceptedSchema = z.object({ camera: z.string(), accepted: z.literal(true) });
const refusalSchema = z.object({ message: z.string() });

/** A document of the running service. */
async function ask<T>(url: URL, schema: z.ZodType<T>, request: RequestInit, stop: AbortSignal): Promise<Result<T>> {
  try {
    const signal = AbortSignal.any([stop, AbortSignal.timeout(patience_ms)]);
    const answer = await fetch(url, { ...request, signal });
    const document: unknown = await answer.json();
    const understood = schema.safeParse(document);
    if (answer.ok && understood.success) return ok(understood.data);
    const refusal = refusalSchema.safeParse(document);
    const reason = refusal.success ? refusal.data.message : `HTTP status ${answer.status}.`;
    return failed(problem("SERVICE_REFUSED", { url: url.origin, reason }));
  } catch (error) {
    const cause = error instanceof Error && error.cause instanceof Error ? error.cause : error;
    const reason = cause instanceof Error ? cause.message : String(cause);
    return failed(problem("SERVICE_SILENT", { url: url.origin, reason }));
  }
}

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
    url: {
      type: "string",
      placeholder: "<url>",
      help: `where the service is (default http://127.0.0.1:${DEFAULT_PORT})`,
    },
  },
  more: "A camera that was moved, covered or is dirty counts nothing until it is as before, or until somebody accepts it.",
  async run(args, { stop }): Promise<Outcome> {
    const base = args.text("url") ?? `http://127.0.0.1:${DEFAULT_PORT}`;
    if (!URL.canParse(base)) {
      return { ok: false, problems: [problem("BAD_ARGUMENT", { verb: "cameras", reason: `${base} is no URL` })] };
    }
    const camera = args.text("accept");
    if (camera !== undefined) {
      const url = new URL(`/api/cameras/${encodeURIComponent(camera)}/accept`, base);
      const request = { method: "POST", headers: { "content-type": "application/json" }, body: "{}" };
      const accepted = await ask(url, acceptedSchema, request, stop);
      if (!accepted.ok) return accepted;
      return { ok: true, document: accepted.value, text: `${camera}: accepted as it is` };
    }
    const state = await ask(new URL("/api/state", base), stateSchema, {}, stop);
    if (!state.ok) return state;
    const cameras = state.value.feeds.filter(({ origin }) => origin === "camera");
    return { ok: true, document: { cameras }, text: cameras.map(told).join("\n") || "no camera has a picture" };
  },
};
