/**
 * Who may talk to the front door while there is no login: programs on this machine, reading only.
 * Binding to loopback is not enough. A web page anywhere can point its own name at 127.0.0.1 (DNS rebinding) and then
 * read us as "same origin", so the name in the Host header must itself be a loopback name.
 */
import type { FastifyInstance } from "fastify";
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

export function guard(server: FastifyInstance): void {
  server.addHook("onRequest", async (request, reply) => {
    reply.headers(headers);
    const { host } = request.headers;
    if (!isLoopbackHost(host)) return replyProblem(request, reply, problem("HOST_REFUSED", { host: host ?? "(none)" }));
    if (request.method === "GET" || request.method === "HEAD") return;
    reply.header("allow", "GET, HEAD");
    return replyProblem(request, reply, problem("READ_ONLY", { method: request.method }));
  });
}
