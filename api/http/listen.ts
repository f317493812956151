/** Opens the port, or says in one sentence why it cannot. */
import type { AddressInfo } from "node:net";
import type { FastifyInstance } from "fastify";
import { failed, ok, type ProblemWords, problem, type Result } from "../../core/problems/problem.ts";

export interface Listening {
  /** Where to point a browser. */
  readonly url: string;
  readonly port: number;
}

/** Loopback only until there is a login. `port` 0 takes any free one. */
export async function listen(server: FastifyInstance, port: number): Promise<Result<Listening>> {
  const host = "127.0.0.1";
  const words: ProblemWords = { host, port };
  try {
    await server.listen({ host, port });
  } catch (error) {
    if (hasCode(error, "EADDRINUSE")) return failed(problem("PORT_BUSY", words));
    if (hasCode(error, "EACCES")) return failed(problem("PORT_DENIED", words));
    throw error;
  }
  const bound = (server.server.address() as AddressInfo).port;
  return ok({ url: `http://${host}:${bound}`, port: bound });
}

const hasCode = (error: unknown, code: string): boolean =>
  error instanceof Error && "code" in error && error.code === code;
