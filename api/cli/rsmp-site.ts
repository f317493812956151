/** `greenwave rsmp-site`: a traffic light controller that speaks RSMP, made of arithmetic, for trying supervisors out. */
import { readFile } from "node:fs/promises";
import { readSiteConfig, Site, type SiteEvent } from "../../controllers/index.ts";
import { failed, ok, problem, type Result, reasonOf } from "../../core/problems/problem.ts";
import { type HostAndPort, hostAndPort } from "../service/host-and-port.ts";
import { version } from "../service/version.ts";
import { securityOf, securityOptions, stopped } from "./rsmp-options.ts";
import type { Verb } from "./verb.ts";

function addressOf(text: string | undefined): Result<HostAndPort | undefined> {
  if (text === undefined) return ok(undefined);
  const found = hostAndPort(text);
  return found === null ? failed(problem("RSMP_ADDRESS", { given: text })) : ok(found);
}

async function configText(file: string | undefined): Promise<Result<string>> {
  if (file === undefined) return ok("");
  try {
    return ok(await readFile(file, "utf8"));
  } catch (error) {
    return failed(problem("RSMP_SITE_CONFIG", { reason: reasonOf(error) }));
  }
}

/** Acknowledgements and single messages are no news; what a person acts on is. */
function told(event: SiteEvent, json: boolean): string | null {
  if (event.event === "sent" || event.event === "received") return null;
  if (json) return JSON.stringify(event);
  const words = Object.entries(event).flatMap(([key, value]) =>
    key === "event" || key === "supervisor" ? [] : [String(value)],
  );
  return [event.supervisor, event.event.replaceAll("_", " "), ...words].join("  ");
}

export const rsmpSiteVerb: Verb = {
  name: "rsmp-site",
  summary: "a virtual traffic light controller that speaks RSMP, until stopped",
  positionals: "",
  maxPositionals: 0,
  options: {
    supervisor: {
      type: "string",
      placeholder: "<host:port>",
      help: "the supervisor to dial (else from the configuration)",
    },
    id: { type: "string", placeholder: "<id>", help: "site id (else from the configuration)" },
    core: {
      type: "string",
      placeholder: "<version>",
      help: "core: 3.1.5, 3.2.0, 3.2.2 or 3.3.0, or several with commas (default 3.2.2)",
    },
    sxl: {
      type: "string",
      placeholder: "<version>",
      help: "signal exchange list: 1.0.15, 1.1.0, 1.2.1 or 1.3.0 (default 1.2.1)",
    },
    config: {
      type: "string",
      placeholder: "<file>",
      help: "components, security codes, plans, inputs, intervals (YAML)",
    },
    ...securityOptions,
  },
  more:
    "It dials, and dials again every 10 s when the connection ends. Without security codes in the configuration every command\n" +
    "that needs one is refused. What may be in the configuration: docs/reference/rsmp.md.",
  async run(args, context) {
    const security = await securityOf(args);
    if (!security.ok) return security;
    const supervisor = addressOf(args.text("supervisor"));
    if (!supervisor.ok) return supervisor;
    const text = await configText(args.text("config"));
    if (!text.ok) return text;
    const [siteId, core, sxl] = [args.text("id"), args.text("core"), args.text("sxl")];
    const config = readSiteConfig(text.value, {
      version: `greenwave ${version()}`,
      ...(supervisor.value === undefined ? {} : { supervisor: supervisor.value }),
      ...(siteId === undefined ? {} : { siteId }),
      ...(core === undefined ? {} : { core }),
      ...(sxl === undefined ? {} : { sxl }),
    });
    if (!config.ok) return config;
    for (const note of config.value.notes) context.tell(`note: ${note}`);
    const site = Site.start(config.value, security.value, (event) => {
      const line = told(event, context.json);
      if (line !== null) context.tell(line);
    });
    if (!site.ok) return site;
    const { supervisors, cores, tlc } = config.value;
    const document = {
      ready: true,
      pid: process.pid,
      site: config.value.siteId,
      supervisors: supervisors.map(({ host, port }) => `${host}:${port}`),
      core: cores,
      sxl: tlc.sxl,
      tls: security.value !== null,
      components: tlc.components.map(({ id, type }) => ({ id, type })),
      plans: tlc.plans.map(({ number, cycle_s }) => ({ number, cycle_s })),
    };
    context.announce(
      document,
      `RSMP site ${document.site} (core ${cores.join(", ")}, SXL ${tlc.sxl}) dials ${document.supervisors.join(", ")}`,
    );
    await stopped(context.stop);
    await site.value.stop();
    return { ok: true, document: undefined, text: "" };
  },
};
