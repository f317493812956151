/** `greenwave rsmp-supervisor`: listens for RSMP sites and tells what they say. It commands nothing. */
import { type CoreVersion, coreVersion, Supervisor, type SupervisorEvent } from "../../controllers/index.ts";
import { failed, ok, problem, type Result } from "../../core/problems/problem.ts";
import { securityOf, securityOptions, stopped } from "./rsmp-options.ts";
import type { Verb } from "./verb.ts";

const CUSTOMARY_PORT = 12_111;

function coresOf(text: string | undefined): Result<readonly CoreVersion[] | undefined> {
  if (text === undefined) return ok(undefined);
  const known: CoreVersion[] = [];
  for (const given of text.split(",")) {
    const version = coreVersion(given);
    if (version === null)
      return failed(problem("RSMP_CORE_VERSION", { given, known: "3.1.5, 3.2.0, 3.2.1, 3.2.2, 3.3.0" }));
    known.push(version);
  }
  return ok(known);
}

/** Messages that say something about the street; those that only keep a connection alive do not. */
function told(event: SupervisorEvent, json: boolean): string | null {
  if (event.event === "sent" || event.event === "received") return null;
  if (json) return JSON.stringify(event);
  if (event.event === "message") return `${event.site}  ${event.message.type}`;
  const words = Object.entries(event).flatMap(([key, value]) =>
    key === "event" || key === "site" ? [] : [String(value)],
  );
  return [event.site, event.event.replaceAll("_", " "), ...words].join("  ");
}

export const rsmpSupervisorVerb: Verb = {
  name: "rsmp-supervisor",
  summary: "listens for RSMP sites and tells what they say, until stopped",
  positionals: "",
  maxPositionals: 0,
  options: {
    port: { type: "string", placeholder: "<n>", help: `TCP port (default ${CUSTOMARY_PORT}; 0 takes any free one)` },
    host: { type: "string", placeholder: "<address>", help: "address to listen on (default: all)" },
    id: { type: "string", placeholder: "<id>", help: "id of the supervisor, for core 3.3 (default greenwave)" },
    core: {
      type: "string",
      placeholder: "<versions>",
      help: "core versions to accept, with commas (default: all we know)",
    },
    sites: {
      type: "string",
      placeholder: "<ids>",
      help: "ids of the sites that may connect, with commas (default: every one)",
    },
    watchdog: { type: "string", placeholder: "<s>", help: "seconds between our watchdogs (default 60)" },
    "ids-by-certificate": { type: "boolean", help: "a site may only have an id that its certificate names" },
    ...securityOptions,
  },
  more:
    "Events go to stderr, one a line; with --json each is a JSON object. It subscribes to the time plan and the control mode of\n" +
    "each site, and tells when somebody else commands it. What is spoken and what not: docs/reference/rsmp.md.",
  async run(args, context) {
    const security = await securityOf(args);
    if (!security.ok) return security;
    const given = args.text("port") ?? String(CUSTOMARY_PORT);
    const port = Number(given);
    if (!/^\d{1,5}$/.test(given) || port > 65_535) {
      return {
        ok: false,
        problems: [problem("RSMP_PORT", { port: given, reason: "it is no number from 0 to 65535" })],
      };
    }
    const watchdog_s = Number(args.text("watchdog") ?? 60);
    if (!(watchdog_s >= 0.1 && watchdog_s <= 3600)) {
      return { ok: false, problems: [problem("RSMP_WATCHDOG", { given: args.text("watchdog") ?? "" })] };
    }
    const cores = coresOf(args.text("core"));
    if (!cores.ok) return cores;
    const [host, supervisorId, siteIds] = [args.text("host"), args.text("id"), args.text("sites")?.split(",")];
    const supervisor = await Supervisor.listen({
      port,
      security: security.value,
      watchdog_ms: 1000 * watchdog_s,
      ...(host === undefined ? {} : { host }),
      ...(supervisorId === undefined ? {} : { supervisorId }),
      ...(siteIds === undefined ? {} : { siteIds }),
      ...(cores.value === undefined ? {} : { cores: cores.value }),
      idsByCertificate: args.flag("ids-by-certificate"),
      onEvent: (event) => {
        const line = told(event, context.json);
        if (line !== null) context.tell(line);
      },
    });
    if (!supervisor.ok) return supervisor;
    const document = { ready: true, pid: process.pid, port: supervisor.value.port, tls: security.value !== null };
    context.announce(document, `RSMP supervisor on port ${document.port} (${document.tls ? "TLS 1.3" : "plain TCP"})`);
    await stopped(context.stop);
    await supervisor.value.close();
    return { ok: true, document: undefined, text: "" };
  },
};
