/**
 * Which programs may talk to the front door: those on this machine, and of web pages only our own. Who may do what is
 * for `access.ts` to say.
 * Binding to loopback is not enough. A web page anywhere can point its own name at 127.0.0.1 (DNS rebinding) and then
 * read us as "same origin", so the name in the Host header must itself be a loopback name.
 */
import type { FastifyInstance, FastifyRequest } from "fastify";
import { problem } from "../../core/problems/problem.ts";
import { replyProblem } from "./problem-reply.ts";

const loopbackHost = /^(localhost|127(?:\.\d{1,3}){3}|\[::1\])(?::\d{1,5})?$/i;

export const isLoopbackHost = (host: string | undefined): boolean => host !== undefined && loopbackHost.test(host);

/** The page needs its own scripts, styles, pictures and live stream; nothing else, from nowhere else. */
const contentSecurityPolicy = [
  "default-src 'none'",
  "script-src 'self'",
  "style-src 'self'",
  "img-src 'self' blob:",
  "media-src 'self'",
  "connect-src 'self'",
  "base-uri 'none'",
  "form-action 'none'",
  "frame-ancestors 'none'",
].join("; ");

const headers = {
  "content-security-policy": contentSecurityPolicy,
  "cross-origin-opener-policy": "same-origin",
  "cross-origin-resource-policy": "same-origin",
  "permissions-policy": "camera=(), geolocation=(), microphone=()",
  "referrer-policy": "no-referrer",
  "x-content-type-options": "nosniff",
  "x-frame-options": "DENY",
} as const;

/**
 * Nothing may be changed by another site's page through a visitor's browser. Browsers say where a request comes from;
 * what says nothing is no browser, and its cookies are its own.
 */
function fromOurPage({ headers }: FastifyRequest): boolean {
  const { origin, host } = headers;
  const site = headers["sec-fetch-site"];
  if (site !== undefined && site !== "same-origin") return false;
  return origin === undefined || origin === `http://${host}` || origin === `https://${host}`;
}

export function guard(server: FastifyInstance): void {
  server.addHook("onRequest", async (request, reply) => {
    reply.headers(headers);
    const { host } = request.headers;
    if (!isLoopbackHost(host)) return replyProblem(request, reply, problem("HOST_REFUSED", { host: host ?? "(none)" }));
    if (request.method === "GET" || request.method === "HEAD") return;
    if (!request.is404)
      return fromOurPage(request) ? undefined : replyProblem(request, reply, problem("ORIGIN_REFUSED"));
    reply.header("allow", "GET, HEAD");
    return replyProblem(request, reply, problem("READ_ONLY", { method: request.method }));
  });
}
