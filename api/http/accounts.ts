/** Log-in and accounts: /api/login, /api/logout, /api/me, /api/password, /api/accounts. */
import type { FastifyInstance } from "fastify";
import { z } from "zod";
import { may, permissionNames, roleNames } from "../../core/accounts/roles.ts";
import type { Accounts } from "../accounts/accounts.ts";
import { access } from "./access.ts";
import { readBody } from "./body.ts";
import { identityOf } from "./identity.ts";
import { refuse } from "./problem-reply.ts";
import { endedCookie, sessionCookie, sessionToken } from "./session-cookie.ts";
import type { Witness } from "./witness.ts";

const name = z.string().min(1).max(60);
const password = z.string().min(1).max(500);
const roles = z.array(z.enum(roleNames)).max(roleNames.length);

const loginSchema = z.strictObject({ name, password });
const firstSchema = z.strictObject({ token: z.string().min(1).max(100), name, password });
const passwordSchema = z.strictObject({ old: password, new: password });
const addSchema = z.strictObject({ name, password, roles: roles.min(1) });
const changeSchema = z.strictObject({ roles: roles.optional(), active: z.boolean().optional() });

function sessionRoutes(server: FastifyInstance, accounts: Accounts, witness: Witness): void {
  server.post(
    "/api/login",
    access("open", { does: "Begins a session, in a cookie.", body: loginSchema }),
    async (request, reply) => {
      const body = readBody(loginSchema, request);
      if (!body.ok) return refuse(request, reply, body.problems);
      const session = await accounts.logIn(body.value.name, body.value.password, request.ip);
      if (!session.ok) {
        await witness.failedLogin(request, body.value.name);
        return refuse(request, reply, session.problems);
      }
      return reply.header("set-cookie", sessionCookie(session.value)).send({ name: body.value.name });
    },
  );

  server.post("/api/logout", access("account", { does: "Ends the session." }), async (request, reply) => {
    await accounts.logOut(sessionToken(request.headers.cookie) ?? "");
    return reply.header("set-cookie", endedCookie).send({});
  });

  server.get("/api/me", access("account", { does: "Who is logged in, and what they may." }), (request, reply) => {
    const { name: who, roles: held } = identityOf(request);
    return reply.header("cache-control", "no-store").send({
      name: who,
      roles: held,
      permissions: permissionNames.filter((permission) => may(held, permission)),
    });
  });

  const renewing = access("account", {
    does: "Changes one's own password; every session of it ends.",
    body: passwordSchema,
  });
  server.post("/api/password", renewing, async (request, reply) => {
    const body = readBody(passwordSchema, request);
    if (!body.ok) return refuse(request, reply, body.problems);
    const changed = await accounts.changePassword(identityOf(request), body.value.old, body.value.new);
    if (!changed.ok) return refuse(request, reply, changed.problems);
    return reply.header("set-cookie", endedCookie).send({});
  });
}

export function accountsRoutes(server: FastifyInstance, accounts: Accounts, witness: Witness): void {
  sessionRoutes(server, accounts, witness);

  const beginning = access("open", { does: "The first administrator, by the token of the start.", body: firstSchema });
  server.post("/api/accounts/first", beginning, async (request, reply) => {
    const body = readBody(firstSchema, request);
    if (!body.ok) return refuse(request, reply, body.problems);
    const { token, name: who, password: secret } = body.value;
    const added = await accounts.addFirst(token, who, secret);
    if (added.ok) await witness.firstAccount(request, who);
    return added.ok ? reply.code(201).send(added.value) : refuse(request, reply, added.problems);
  });

  server.get(
    "/api/accounts",
    access("manage_accounts", { does: "Every account and its roles." }),
    async (_request, reply) => reply.header("cache-control", "no-store").send(await accounts.list()),
  );

  const adding = access("manage_accounts", { does: "Makes an account.", body: addSchema });
  server.post("/api/accounts", adding, async (request, reply) => {
    const body = readBody(addSchema, request);
    if (!body.ok) return refuse(request, reply, body.problems);
    const added = await accounts.add(body.value, identityOf(request));
    const { name: who, roles: held } = body.value;
    if (added.ok) await witness.did(request, { action: "account.added", subject: who, purpose: held.join(", ") });
    return added.ok ? reply.code(201).send(added.value) : refuse(request, reply, added.problems);
  });

  server.patch<{ Params: { name: string } }>(
    "/api/accounts/:name",
    access("manage_accounts", { does: "Changes another one's roles, opens or closes it.", body: changeSchema }),
    async (request, reply) => {
      const body = readBody(changeSchema, request);
      if (!body.ok) return refuse(request, reply, body.problems);
      const { name: who } = request.params;
      const changed = await accounts.change(who, body.value, identityOf(request));
      const { roles: held, active } = body.value;
      const what = [held?.join(", "), active === undefined ? undefined : active ? "opened" : "closed"].filter(Boolean);
      if (changed.ok) await witness.did(request, { action: "account.changed", subject: who, purpose: what.join("; ") });
      return changed.ok ? reply.send({}) : refuse(request, reply, changed.problems);
    },
  );
}
