/** Who asks: settled for each request before its route is entered. */
import type { FastifyRequest } from "fastify";
import type { Identity } from "../accounts/accounts.ts";

declare module "fastify" {
  interface FastifyRequest {
    /** Null on open routes, and only there. */
    identity: Identity | null;
  }
}

/** Whoever a route with other access than `open` is answering. */
export function identityOf(request: FastifyRequest): Identity {
  if (request.identity === null) throw new Error("an open route asks who is there");
  return request.identity;
}
