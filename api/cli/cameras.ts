/** `greenwave cameras`: how the cameras of the running service do; `--accept` when one was looked at and is right. */
import { z } from "zod";
import type { FeedStatus } from "../../core/ports/detection-feed.ts";
import { failed, ok, problem, type Result } from "../../core/problems/problem.ts";
import { DEFAULT_PORT } from "../service/settings.ts";
import type { Outcome, Verb } from "./verb.ts";

const patience_ms = 5000;
const PASSWORD_VARIABLE = "GREENWAVE_PASSWORD";

const stateSchema = z.object({
  feeds: z.array(z.custom<FeedStatus>((feed) => typeof feed === "object" && feed !== null && "phase" in feed)),
});
const acceptedSchema = z.object({ camera: z.string(), accepted: z.literal(true) });
const refusalSchema = z.object({ message: z.string() });

interface Question {
  readonly url: URL;
  readonly request: RequestInit;
}

/** A document of the running service, and the session that it may have opened. */
async function ask<T>(
  { url, request }: Question,
  schema: z.ZodType<T>,
  stop: AbortSignal,
): Promise<Result<{ readonly document: T; readonly cookie: string }>> {
  try {
    const signal = AbortSignal.any([stop, AbortSignal.timeout(patience_ms)]);
    const answer = await fetch(url, { ...request, signal });
    const document: unknown = await answer.json();
    const understood = schema.safeParse(document);
    const [cookie = ""] = (answer.headers.getSetCookie()[0] ?? "").split(";", 1);
    if (answer.ok && understood.success) return ok({ document: understood.data, cookie });
    const refusal = refusalSchema.safeParse(document);
    const reason = refusal.success ? refusal.data.message : `HTTP status ${answer.status}.`;
    return failed(problem("SERVICE_REFUSED", { url: url.origin, reason }));
  } catch (error) {
    const cause = error instanceof Error && error.cause instanceof Error ? error.cause : error;
    const reason = cause instanceof Error ? cause.message : String(cause);
    return failed(problem("SERVICE_SILENT", { url: url.origin, reason }));
  }
}

/** Accepts in the name of an account that may: logs in, asks, and logs out again. */
async function accept(base: string, camera: string, account: string, stop: AbortSignal): Promise<Outcome> {
  const password = process.env[PASSWORD_VARIABLE];
  if (password === undefined) return refused(`set ${PASSWORD_VARIABLE} to the password of ${account}`);
  const post = (path: string, cookie: string, body: unknown): Question => ({
    url: new URL(path, base),
    request: { method: "POST", headers: { "content-type": "application/json", cookie }, body: JSON.stringify(body) },
  });
  const session = await ask(post("/api/login", "", { name: account, password }), z.object({ name: z.string() }), stop);
  if (!session.ok) return session;
  const path = `/api/cameras/${encodeURIComponent(camera)}/accept`;
  const accepted = await ask(post(path, session.value.cookie, {}), acceptedSchema, stop);
  await ask(post("/api/logout", session.value.cookie, {}), z.object({}), stop);
  if (!accepted.ok) return accepted;
  return { ok: true, document: accepted.value.document, text: `${camera}: accepted as it is` };
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
    const state = await ask({ url: new URL("/api/state", base), request: {} }, stateSchema, stop);
    if (!state.ok) return state;
    const cameras = state.value.document.feeds.filter(({ origin }) => origin === "camera");
    return { ok: true, document: { cameras }, text: cameras.map(told).join("\n") || "no camera has a picture" };
  },
};
