/** Site and supervisor over TLS 1.3, each with a certificate; and everything that must not get through. */
import { rmSync } from "node:fs";
import { connect as plain } from "node:net";
import { connect as secure } from "node:tls";
import { afterAll, afterEach, beforeAll, describe, expect, it } from "vitest";
import { type Certificates, readCertificates } from "../../../controllers/rsmp/link/transport.ts";
import { Site, type SiteEvent } from "../../../controllers/rsmp/site/site.ts";
import { readSiteConfig } from "../../../controllers/rsmp/site/site-config.ts";
import { Supervisor } from "../../../controllers/rsmp/supervisor/supervisor.ts";
import { missing } from "../../support/peers.ts";
import { makeCertificates, type TestCertificates } from "./certificates.ts";

describe.skipIf(missing("OpenSSL"))("RSMP over TLS", () => {
  let ours: TestCertificates;
  let theirs: TestCertificates;
  const closers: (() => Promise<unknown>)[] = [];

  beforeAll(() => {
    ours = makeCertificates(["supervisor", "site", "S1"]);
    theirs = makeCertificates(["site"]);
  });
  afterEach(async () => {
    for (const close of closers.splice(0).reverse()) await close();
  });
  afterAll(() => {
    for (const { folder } of [ours, theirs]) rmSync(folder, { recursive: true });
  });

  async function certificates(from: TestCertificates, name: string, authority = from): Promise<Certificates> {
    const files = { cert: from.file(`${name}.pem`), key: from.file(`${name}.key`), ca: authority.file("ca.pem") };
    const read = await readCertificates(files);
    if (!read.ok) throw new Error(JSON.stringify(read.problems));
    return read.value;
  }

  async function listen(idsByCertificate = false): Promise<Supervisor> {
    const security = await certificates(ours, "supervisor");
    const started = await Supervisor.listen({ port: 0, host: "127.0.0.1", security, idsByCertificate });
    if (!started.ok) throw new Error(JSON.stringify(started.problems));
    closers.push(() => started.value.close());
    return started.value;
  }

  /** The first event of that kind from a site with these certificates. */
  async function first(port: number, security: Certificates | null, kind: string): Promise<SiteEvent> {
    const supervisor = { host: "127.0.0.1", port };
    const config = readSiteConfig("", { supervisor, siteId: "S1", core: "3.3.0", sxl: "1.3.0", version: "test" });
    if (!config.ok) throw new Error(JSON.stringify(config.problems));
    return new Promise((resolve) => {
      const site = Site.start(config.value, security, (event) => {
        if (event.event === kind) resolve(event);
      });
      if (site.ok) closers.push(() => site.value.stop());
    });
  }

  it("goes as it does without, once both have looked at each other's certificate", async () => {
    const supervisor = await listen();
    expect(await first(supervisor.port, await certificates(ours, "site"), "ready")).toMatchObject({ core: "3.3.0" });
    expect(supervisor.sites.map(({ id }) => id)).toEqual(["S1"]);
  });

  it("lets a site have only the id that its certificate names, where that is asked for", async () => {
    const supervisor = await listen(true);
    const refused = await first(supervisor.port, await certificates(ours, "site"), "refused_by_peer");
    expect(refused).toMatchObject({ reason: "Site id S1 is not known" });
    await first(supervisor.port, await certificates(ours, "S1"), "ready");
    expect(supervisor.sites.map(({ id }) => id)).toEqual(["S1"]);
  });

  it("keeps out a site whose certificate another authority signed", async () => {
    const supervisor = await listen();
    await first(supervisor.port, await certificates(theirs, "site", ours), "disconnected");
    expect(supervisor.sites).toEqual([]);
  });

  it("keeps a site from a supervisor whose certificate another authority signed", async () => {
    const supervisor = await listen();
    const event = await first(supervisor.port, await certificates(theirs, "site"), "disconnected");
    expect(event).toMatchObject({ reason: expect.stringContaining("certificate") as string });
  });

  it("keeps out a site without TLS, without a certificate, and with TLS 1.2", async () => {
    const supervisor = await listen();
    const { ca, cert, key } = await certificates(ours, "site");
    const where = { host: "127.0.0.1", port: supervisor.port };
    const ends = (socket: ReturnType<typeof plain>): Promise<void> =>
      new Promise((resolve) => {
        socket.on("error", () => undefined);
        socket.on("close", () => resolve());
        socket.resume();
      });
    const spoken = plain(where);
    spoken.write('{"mType":"rSMsg"}\f');
    await ends(spoken);
    await ends(secure({ ...where, ca }));
    await ends(secure({ ...where, ca, cert, key, maxVersion: "TLSv1.2" }));
    expect(supervisor.sites).toEqual([]);
  });

  it("says which file it could not read", async () => {
    const read = await readCertificates({ cert: "/none", key: ours.file("site.key"), ca: ours.file("ca.pem") });
    expect(read).toMatchObject({ ok: false, problems: [{ code: "RSMP_CERTIFICATE", words: { what: "cert" } }] });
  });
});
