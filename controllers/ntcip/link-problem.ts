/** What a failed exchange says to a person: one clear sentence, and whether asking again could help. */
import { RequestFailedError } from "net-snmp";
import { type Problem, problem } from "../../core/problems/problem.ts";

export interface Failure {
  readonly problem: Problem;
  /** A fresh session may get through. */
  readonly again: boolean;
}

/** The device said no: not a fault of the link. `oid` is the variable it named, when it named one. */
export interface Refusal {
  readonly refused: string;
  readonly oid: string | null;
}

export function refusalOf(error: Error): Refusal | null {
  if (!(error instanceof RequestFailedError)) return null;
  // Of a status that it does not know the library makes a message that is no text.
  const [status = "refused", oid] = String(error.message).split(": ");
  return { refused: status, oid: oid ?? null };
}

export const timedOut = (error: Error): boolean => error.name === "RequestTimedOutError";

/** Words of the library for what USM reports (RFC 3414 section 5), and what each means to us. */
const USM: readonly (readonly [word: RegExp, code: Problem["code"], again: boolean])[] = [
  [/time window/i, "SNMP_TIME_WINDOW", true],
  [/Unknown Engine/i, "SNMP_TIME_WINDOW", true],
  // Once may be a fault of the line or the device, or somebody else's datagram; a fresh session tells.
  [/Wrong Digest|Authentication digest/i, "SNMP_AUTH_KEY_WRONG", true],
  [/Unknown User/i, "SNMP_USER_UNKNOWN", false],
  [/Decryption Error|decrypt PDU/i, "SNMP_PRIV_KEY_WRONG", true],
  [/Security Level/i, "SNMP_LEVEL_REFUSED", false],
];

export function failureOf(error: Error, words: { readonly controller: string; readonly address: string }): Failure {
  const usm = USM.find(([word]) => word.test(error.message));
  if (usm !== undefined) return { problem: problem(usm[1], words), again: usm[2] };
  const { controller, address } = words;
  if (error.name === "ResponseInvalidError") {
    return { problem: problem("CONTROLLER_WRONG_ANSWER", { controller, reason: error.message }), again: true };
  }
  return { problem: problem("CONTROLLER_UNREACHABLE", { controller, address, reason: error.message }), again: true };
}
