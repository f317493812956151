import { readdir, readFile } from "node:fs/promises";
import { join } from "node:path";
import { afterEach, describe, expect, it } from "vitest";
import { Gatekeeper } from "../../../api/gate/gatekeeper.ts";
import { SecretStore } from "../../../api/secrets/secret-store.ts";
import { startStreet } from "../../../api/service/street.ts";
import { systemClock } from "../../../api/service/system-clock.ts";
import { controllerSchema } from "../../../controllers/schema.ts";
import { positioned } from "../../../core/problems/problem.ts";
import { DataFolders, need } from "../../support/data-folder.ts";
import { freePort } from "../../support/free-port.ts";
import { openFrontDoor, sampleSite } from "../../support/front-door.ts";
import { memoryDevices, memoryProposals } from "../../support/memory-proposals.ts";

const PLANTED = "planted-secret-9c27d1";
const host = "127.0.0.1:8080";

const folders = new DataFolders();
afterEach(() => folders.remove());

describe("a planted secret", () => {
  it("appears in no log, no problem, no answer, no record and no file of the service that uses it", async () => {
    const dataDir = await folders.unused();
    const store = need(await SecretStore.open({ dataDir, env: {} }));
    const sample = sampleSite();
    const [intersection] = sample.intersections;
    if (intersection === undefined) throw new Error("the sample site has intersections");
    const silent = {
      kind: "ntcip",
      id: "cabinet",
      intersection: intersection.id,
      host: "127.0.0.1",
      port: await freePort(),
    };
    const controllers = [controllerSchema.parse({ ...silent, version: "v2c", timeout_s: 0.2, identity: "store" })];
    const site = { ...sample, controllers };
    await store.set("cabinet", "read", { community: `${PLANTED}-read` }, 1);
    await store.set("cabinet", "write", { community: `${PLANTED}-write` }, 1);
    const logged: string[] = [];
    const hear = (words: object, message: string): void => void logged.push(JSON.stringify(words), message);
    const log = { info: hear, warn: hear };
    const street = need(
      await startStreet({ site, virtualCommunity: PLANTED, secrets: store, clock: systemClock, log }),
    );
    const [controller] = street.controllers;
    if (controller === undefined) throw new Error("the cabinet is reached by the store's identity");
    const before = await openFrontDoor({ site });
    const parts = {
      ...before,
      proposals: memoryProposals(before.ledger),
      devices: memoryDevices(),
      clock: systemClock,
      log,
    };
    const places = [{ controller, intersection, virtual: false, approval: "second_person" as const }];
    const gate = new Gatekeeper({ ...parts, places, timezone: site.site.timezone });
    const door = await openFrontDoor({ site, stores: { gate, proposals: parts.proposals, audit: before.audit } });
    await gate.round();
    await gate.idle();
    const said: string[] = [];
    const status = await controller.status();
    if (!status.ok)
      said.push(...status.problems.flatMap((found) => [positioned(found, "en"), positioned(found, "vi")]));
    const cookie = await door.sessionOf("lan", "engineer");
    const urls = ["/api/devices", "/api/proposals", "/api/site", "/api/state", "/api/ledger", "/api/openapi.json"];
    for (const url of urls) said.push((await door.server.inject({ url, headers: { host, cookie } })).body);
    const payload = { reason: "nobody answers" };
    for (const path of ["release", "previous"]) {
      const url = `/api/devices/cabinet/${path}`;
      said.push((await door.server.inject({ method: "POST", url, headers: { host, cookie }, payload })).body);
    }
    said.push(JSON.stringify([await before.ledger.recent(99), await before.audit.recent({ limit: 99 }), gate.places]));
    for (const name of await readdir(dataDir)) said.push(await readFile(join(dataDir, name), "latin1"));
    expect(said.join("\n")).toContain("cabinet");
    expect([...said, ...logged, ...door.log].filter((text) => text.includes(PLANTED))).toEqual([]);
    await Promise.all([street.close(), door.server.close(), before.server.close()]);
  }, 30_000);
});
