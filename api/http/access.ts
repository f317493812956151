/** Who may use which route. Every route says so itself; one that does not say is a bug that stops the start. */
import type { FastifyInstance, FastifyReply, FastifyRequest } from "fastify";
import { may, type Permission } from "../../core/accounts/roles.ts";
import { problem } from "../../core/problems/problem.ts";
import type { Accounts, Identity } from "../accounts/accounts.ts";
import { replyProblem } from "./problem-reply.ts";
import { sessionToken } from "./session-cookie.ts";

/** `open`: to every program on this machine; `account`: to whoever is logged in; else to roles with that permission. */
export type Access = "open" | "account" | Permission;

export interface RouteAccess {
  readonly method: string;
  readonly url: string;
  readonly access: Access;
}

declare module "fastify" {
  interface FastifyInstance {
    /** Every route with who may use it, in the order of their making. */
    routeAccess: RouteAccess[];
    /** Of the routes that a plugin makes and that cannot say it themselves. */
    usualAccess: Access | null;
  }
  interface FastifyContextConfig {
    access?: Access;
  }
  interface FastifyRequest {
    /** Null on open routes, and only there. */
    identity: Identity | null;
  }
}

/** Route options: `server.get(path, access("open"), handler)`. */
export const access = (needed: Access): { config: { access: Access } } => ({ config: { access: needed } });

/** Whoever a route with other access than `open` is answering. */
export function identityOf(request: FastifyRequest): Identity {
  if (request.identity === null) throw new Error("an open route asks who is there");
  return request.identity;
}

async function decide(accounts: Accounts, request: FastifyRequest, reply: FastifyReply): Promise<unknown> {
  const needed = request.routeOptions.config.access;
  if (request.is404 || needed === "open") return undefined;
  const token = sessionToken(request.headers.cookie);
  const identity = token === null ? null : await accounts.identify(token);
  if (identity === null) return replyProblem(request, reply, problem("LOGIN_NEEDED"));
  request.identity = identity;
  if (needed === "account") return undefined;
  if (needed !== undefined && may(identity.roles, needed)) return undefined;
  return replyProblem(request, reply, problem("NOT_PERMITTED", { permission: needed ?? "-" }));
}

export function controlAccess(server: FastifyInstance, accounts: Accounts): void {
  const routes: RouteAccess[] = [];
  server.decorate("routeAccess", routes);
  server.decorateRequest("identity", null);
  server.decorate("usualAccess", null);
  server.addHook("onRoute", function (route) {
    const { config, method, url } = route;
    const needed = config?.access ?? this.usualAccess;
    if (needed === null) throw new Error(`${String(method)} ${url} does not say who may use it`);
    for (const each of [method].flat()) routes.push({ method: each, url, access: needed });
    route.config = { ...config, access: needed };
  });
  server.addHook("onRequest", (request, reply) => decide(accounts, request, reply));
}
