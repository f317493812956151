/** Who may use which route. Every route says so itself; one that does not say is a bug that stops the start. */
import type { FastifyInstance, FastifyReply, FastifyRequest } from "fastify";
import type { z } from "zod";
import { may, type Permission } from "../../core/accounts/roles.ts";
import { type Problem, problem } from "../../core/problems/problem.ts";
import type { Accounts, Identity } from "../accounts/accounts.ts";
import { replyProblem } from "./problem-reply.ts";
import { sessionToken } from "./session-cookie.ts";
import type { Witness } from "./witness.ts";

/** `open`: to every program on this machine; `account`: to whoever is logged in; else to roles with that permission. */
export type Access = "open" | "account" | Permission;

/** What a program that asks has to know of a route. */
export interface RouteAbout {
  /** One sentence. */
  readonly does: string;
  readonly query?: z.ZodObject;
  readonly body?: z.ZodType;
  /** Media type of the answer; JSON unless said. */
  readonly answers?: string;
}

export interface RouteAccess {
  readonly method: string;
  readonly url: string;
  readonly access: Access;
  readonly about: RouteAbout | null;
}

declare module "fastify" {
  interface FastifyInstance {
    /** Every route with who may use it, in the order of their making. */
    routeAccess: RouteAccess[];
    /** Of the routes that a plugin makes and that cannot say it themselves. */
    usualAccess: Access | null;
    usualAbout: RouteAbout | null;
  }
  interface FastifyContextConfig {
    access?: Access;
    about?: RouteAbout;
  }
}

/** Route options: `server.get(path, access("open"), handler)`. */
export const access = (needed: Access, about?: RouteAbout): { config: { access: Access; about?: RouteAbout } } => ({
  config: { access: needed, ...(about === undefined ? {} : { about }) },
});

interface Watch {
  readonly accounts: Accounts;
  readonly witness: Witness;
}

/** Why the request is not answered, or who asks: null on open routes. */
async function askerOf({ accounts, witness }: Watch, request: FastifyRequest): Promise<Problem | Identity | null> {
  const needed = request.routeOptions.config.access;
  if (request.is404 || needed === "open") return null;
  const token = sessionToken(request.headers.cookie);
  const identity = token === null ? null : await accounts.identify(token);
  if (identity === null) {
    const wait_s = token === null ? 0 : witness.madeUpSession(request);
    return wait_s > 0 ? problem("GUESSED_TOO_OFTEN", { wait_s }) : problem("LOGIN_NEEDED");
  }
  if (needed !== "account" && (needed === undefined || !may(identity.roles, needed))) {
    await witness.refused(request, identity);
    return problem("NOT_PERMITTED", { permission: needed ?? "-" });
  }
  const wait_s = witness.isGuarded(request) ? witness.wait_s(identity.name) : 0;
  return wait_s > 0 ? problem("GUESSED_TOO_OFTEN", { wait_s }) : identity;
}

async function decide(watch: Watch, request: FastifyRequest, reply: FastifyReply): Promise<unknown> {
  const asker = await askerOf(watch, request);
  if (asker !== null && "code" in asker) {
    if (asker.code === "LOGIN_NEEDED") await watch.witness.refused(request, null);
    return replyProblem(request, reply, asker);
  }
  request.identity = asker;
  return undefined;
}

/** Every route says who may use it; by itself this keeps nobody out. */
export function declareAccess(server: FastifyInstance): void {
  const routes: RouteAccess[] = [];
  server.decorate("routeAccess", routes);
  server.decorateRequest("identity", null);
  server.decorate("usualAccess", null);
  server.decorate("usualAbout", null);
  server.addHook("onRoute", function (route) {
    const { config, method, url } = route;
    const needed = config?.access ?? this.usualAccess;
    if (needed === null) throw new Error(`${String(method)} ${url} does not say who may use it`);
    const about = config?.about ?? this.usualAbout;
    for (const each of [method].flat()) routes.push({ method: each, url, access: needed, about });
    route.config = { ...config, access: needed };
  });
}

export function controlAccess(server: FastifyInstance, watch: Watch): void {
  declareAccess(server);
  server.addHook("onRequest", (request, reply) => decide(watch, request, reply));
}
