/** What the manager and the gate hold to on the way to a device, each bent so that something unsafe is sent or stays. */
import { bent, type Mutation } from "./mutation.ts";

const N = "controllers/ntcip";
const CONTROLLED = [`test/${N}/real-time-control.test.ts`];
const DOWNLOADED = [`test/${N}/download.test.ts`];
const WATCHED = [`test/${N}/watching.test.ts`];
const ACTIVATED = [`test/${N}/activation.test.ts`];
const ASKED = [`test/${N}/snmp-link.test.ts`];
const GATED = ["test/api/gate/workflow.test.ts"];
const EMERGENCIES = ["test/api/gate/emergencies.test.ts"];

export const handBends: readonly Mutation[] = [
  ...bent(`${N}/ntcip-controller.ts`, CONTROLLED, [
    ["a heartbeat that sends while a bit may be set", "if (this.#control.holding) return ok({ pattern, next_s });", ""],
  ]),
  ...bent(`${N}/ntcip-controller.ts`, ACTIVATED, [
    [
      "a heartbeat for a command that the device has dropped",
      "if (held !== this.#control.commanded(pattern)) {",
      "if (false) {",
    ],
  ]),
  ...bent(`${N}/ntcip-controller.ts`, WATCHED, [
    [
      "a heartbeat to a device that was edited",
      "if (freeze !== null) return failed(freeze);\n      if (held",
      "if (held",
    ],
  ]),
  ...bent(`${N}/real-time-control.ts`, CONTROLLED, [
    [
      "decisions that grow old on their way",
      "if (!isFresh(decision, clock.nowMs() + worst_ms)) return failed(stale);",
      "",
    ],
    ["a hand-back that leaves bits set", "return ok(this.#maybeSet ?", "return ok(false ?"],
  ]),
  ...bent(`${N}/read-back.ts`, DOWNLOADED, [
    ["values that read otherwise", "if (different.length === 0) return ok({ values", "return ok({ values"],
  ]),
  ...bent(`${N}/transaction.ts`, DOWNLOADED, [
    ["verdicts that are believed by their number", "const accepted = praised && ", "const accepted = "],
  ]),
  ...bent(`${N}/known-absent.ts`, ASKED, [
    ["objects that one answer takes away", "if (!this.#suspects.delete(key)) {", "if (false) {"],
  ]),
  ...bent("api/gate/carrier.ts", GATED, [
    [
      "plans that were proved against another device",
      "if (look.running.pattern === before.pattern && look.device_digest === proved?.device_digest) return null;",
      "return null;",
    ],
    [
      "windows that are closed",
      "if (window !== null && !isOpen(window, localMinute(clock.nowMs(), timezone))) return;",
      "",
    ],
  ]),
  ...bent("core/proposals/proposal.ts", GATED, [
    ["one person for both", 'if (step.kind === "approved" && step.by === drafted.by)', "if (false)"],
  ]),
  ...bent("api/gate/device-word.ts", EMERGENCIES, [
    [
      "devices that were given back",
      "if (frozen !== null || released === null) return frozen;",
      "if (frozen !== null || released !== undefined) return frozen;",
    ],
  ]),
  ...bent("api/gate/device-guard.ts", EMERGENCIES, [
    ["edits that nobody sees", "if (read.value === known) return;", "if (read.value !== null) return;"],
  ]),
];
