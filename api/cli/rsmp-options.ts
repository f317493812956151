/** What both RSMP verbs ask for: a secured connection, or one that is plain because somebody said so. */
import { readCertificates, type Security } from "../../controllers/index.ts";
import { failed, ok, problem, type Result } from "../../core/problems/problem.ts";
import type { OptionSpec, VerbArguments } from "./verb.ts";

export const securityOptions: Readonly<Record<string, OptionSpec>> = {
  cert: { type: "string", placeholder: "<file>", help: "our certificate (PEM)" },
  key: { type: "string", placeholder: "<file>", help: "the key of our certificate (PEM)" },
  ca: { type: "string", placeholder: "<file>", help: "who may have signed the certificate of the other side (PEM)" },
  plain: { type: "boolean", help: "no TLS: anybody on the way can read and change what is said" },
};

export async function securityOf(args: VerbArguments): Promise<Result<Security>> {
  const [cert, key, ca] = [args.text("cert"), args.text("key"), args.text("ca")];
  const given = [cert, key, ca].some((file) => file !== undefined);
  if (args.flag("plain")) return given ? failed(problem("RSMP_PLAIN_OR_TLS")) : ok(null);
  if (cert === undefined || key === undefined || ca === undefined) return failed(problem("RSMP_CERTIFICATE_NEEDED"));
  return readCertificates({ cert, key, ca });
}

/** Resolves when the verb is to end. */
export const stopped = (stop: AbortSignal): Promise<void> =>
  new Promise((resolve) => {
    if (stop.aborted) resolve();
    else stop.addEventListener("abort", () => resolve(), { once: true });
  });
