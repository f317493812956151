/** A site of ours, connected to a bench that plays the supervisor. */

import { Site, type SiteEvent } from "../../../controllers/rsmp/site/site.ts";
import { readSiteConfig } from "../../../controllers/rsmp/site/site-config.ts";
import { type Json, RawListener, type RawPeer } from "./raw-peer.ts";

export const CODES = { 1: "1111", 2: "2222" } as const;

export const YAML = `
security_codes: { 1: '1111', 2: '2222' }
intervals: { timer: 0.05, watchdog: 60, reconnect: 0.1 }
timeouts: { acknowledgement: 1 }
startup_interval: 0.2
priority: { stale: 20 }
`;

export interface SiteStand {
  readonly site: Site;
  readonly listener: RawListener;
  readonly events: readonly SiteEvent[];
  peer: RawPeer;
  close(): Promise<void>;
}

/** The supervisor's half of the connection sequence. */
export async function shakeHands(peer: RawPeer, core: string, answer: Json = {}): Promise<void> {
  const version = await peer.ofType("Version");
  if (core === "3.3.0") {
    peer.send({
      type: "Version",
      step: "Response",
      RSMP: [{ vers: core }],
      supervisorId: "bench",
      SXLS: version["SXLS"],
      ...answer,
    });
  } else {
    peer.send({ type: "Version", RSMP: [{ vers: core }], siteId: version["siteId"], SXL: version["SXL"], ...answer });
  }
  await peer.ofType("Watchdog");
  peer.send({ type: "Watchdog", wTs: new Date().toISOString() });
}

export async function standSite(core: string, sxl: string, yaml = YAML): Promise<SiteStand> {
  const listener = await RawListener.open();
  const supervisor = { host: "127.0.0.1", port: listener.port };
  const config = readSiteConfig(yaml, { supervisor, siteId: "RN+SI0001", core, sxl, version: "greenwave test" });
  if (!config.ok) throw new Error(JSON.stringify(config.problems));
  const events: SiteEvent[] = [];
  const site = Site.start(config.value, null, (event) => events.push(event));
  if (!site.ok) throw new Error(JSON.stringify(site.problems));
  const peer = await listener.connection();
  return {
    site: site.value,
    listener,
    events,
    peer,
    close: async () => {
      await site.value.stop();
      await listener.close();
    },
  };
}

/** Connected, with the whole sequence behind it. */
export async function readySite(core: string, sxl: string, yaml = YAML): Promise<SiteStand> {
  const stand = await standSite(core, sxl, yaml);
  await shakeHands(stand.peer, core);
  await stand.peer.ofType("AggregatedStatus");
  return stand;
}

export async function ask(
  peer: RawPeer,
  names: Readonly<Record<string, readonly string[]>>,
  cId = "TC",
): Promise<Json[]> {
  const sS = Object.entries(names).flatMap(([sCI, ns]) => ns.map((n) => ({ sCI, n })));
  const about = JSON.stringify(sS);
  const mId = peer.send({ type: "StatusRequest", cId, sS });
  const answer = await peer.answerTo(mId);
  if (answer["type"] !== "MessageAck") throw new Error(String(answer["rea"]));
  const response = await peer.ofType("StatusResponse", (message) => {
    const values = message["sS"] as { sCI: string; n: string }[];
    return JSON.stringify(values.map(({ sCI, n }) => ({ sCI, n }))) === about;
  });
  return response["sS"] as Json[];
}

export const statusOf = async (peer: RawPeer, code: string, name: string, cId = "TC"): Promise<unknown> =>
  (await ask(peer, { [code]: [name] }, cId))[0]?.["s"];

export function order(peer: RawPeer, code: string, operation: string, values: Json, cId = "TC"): string {
  const arg = Object.entries(values).map(([n, v]) => ({ cCI: code, cO: operation, n, v }));
  return peer.send({ type: "CommandRequest", cId, arg });
}

/** Sends a command and returns the values of its response; throws with the reason of a refusal. */
export async function command(
  peer: RawPeer,
  code: string,
  operation: string,
  values: Json,
  cId = "TC",
): Promise<Json[]> {
  const answer = await peer.answerTo(order(peer, code, operation, values, cId));
  if (answer["type"] !== "MessageAck") throw new Error(String(answer["rea"]));
  const response = await peer.ofType("CommandResponse", (message) =>
    (message["rvs"] as Json[]).every(({ cCI }) => cCI === code),
  );
  return response["rvs"] as Json[];
}

/** Subscribes, waits until the values of that status fit, and unsubscribes. */
export async function waitFor(
  peer: RawPeer,
  code: string,
  name: string,
  fits: (value: unknown) => boolean,
  cId = "TC",
): Promise<void> {
  const sS = [{ sCI: code, n: name }];
  peer.send({ type: "StatusSubscribe", cId, sS: [{ sCI: code, n: name, uRt: "0", sOc: true }] });
  await peer.ofType("StatusUpdate", (message) =>
    (message["sS"] as Json[]).some((value) => value["sCI"] === code && value["n"] === name && fits(value["s"])),
  );
  await peer.answerTo(peer.send({ type: "StatusUnsubscribe", cId, sS }));
}
