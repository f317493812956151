import { createSocket } from "node:dgram";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { cell } from "../../../controllers/ntcip/cells.ts";
import { objects, oid } from "../../../controllers/ntcip/oids.ts";
import { SnmpLink } from "../../../controllers/ntcip/snmp-link.ts";
import { startRelay } from "./relay.ts";
import { COMMUNITY, codesOf, type Stand, setUpStand } from "./stand.ts";

let stand: Stand;
const links: SnmpLink[] = [];

beforeAll(async () => {
  stand = await setUpStand();
});
afterAll(async () => {
  for (const link of links) link.close();
  await stand.close();
});

function linkTo(change: Partial<ConstructorParameters<typeof SnmpLink>[0]> = {}): SnmpLink {
  const { host, port } = stand.device;
  const options = { controller: "c", host, port, version: "v1" as const, community: COMMUNITY, timeout_s: 0.2 };
  const link = new SnmpLink({ ...options, ...change });
  links.push(link);
  return link;
}

describe.each(["v1", "v2c"] as const)("a link over SNMP %s", (version) => {
  it("reads more cells than fit one request, in one answer", async () => {
    const cells = Array.from({ length: 48 }, (_, i) => cell("patternCycleTime", i + 1));
    const read = await linkTo({ version }).read(cells);
    expect(read.ok && read.value.size).toBe(48);
  });

  it("reads around the objects a device does not have", async () => {
    const cells = [1, 200, 2, 201, 3].map((pattern) => cell("patternCycleTime", pattern));
    const read = await linkTo({ version }).read(cells);
    expect(read.ok && [...read.value.keys()]).toEqual([1, 2, 3].map((pattern) => `patternCycleTime.${pattern}`));
  });

  it("asks once more before it believes that an object is missing, and never again after that", async () => {
    const relay = await startRelay(stand.device.port);
    const wanted = [cell("coordCorrectionMode"), cell("coordMaximumMode")];
    const requests = new Set<string>();
    const lacking = (isMissing: () => boolean): void => {
      requests.clear();
      relay.gate = (request) => {
        requests.add(request.toString("hex"));
        stand.device.setFaults({ absent: isMissing() ? [objects.coordCorrectionMode.oid] : [] });
        return true;
      };
    };
    const link = linkTo({ version, port: relay.port });
    // A broken answer: the copies of a request are one request.
    lacking(() => requests.size === 1);
    const once = await link.read(wanted);
    expect(once.ok && once.value.size).toBe(2);
    expect(link.quirks.absent).toEqual([]);
    lacking(() => true);
    const always = await link.read(wanted);
    expect(always.ok && [...always.value.keys()]).toEqual(["coordMaximumMode.0"]);
    expect(link.quirks.absent).toEqual(["coordCorrectionMode"]);
    requests.clear();
    expect((await link.read(wanted.slice(0, 1))).ok).toBe(true);
    expect(requests.size).toBe(0);
    stand.device.setFaults({});
    await relay.close();
  });

  it("writes none of a request that holds one bad value, and names it", async () => {
    const link = linkTo({ version });
    const written = await link.write([
      { ...cell("coordCorrectionMode"), value: 2 },
      { ...cell("coordMaximumMode"), value: 77 },
    ]);
    expect(codesOf(written)).toEqual(["CONTROLLER_REFUSED"]);
    expect(written.ok ? "" : written.problems[0]?.words["name"]).toBe("coordMaximumMode.0");
  });
});

describe("a link that gets no sense out of the other side", () => {
  it("says within its three attempts that nobody answers", async () => {
    stand.device.setFaults({ silent: true });
    const read = await linkTo().read([cell("maxPhases")]);
    stand.device.setFaults({});
    expect(codesOf(read)).toEqual(["CONTROLLER_SILENT"]);
  });

  it("asks again for two at once, when one of them got an answer under another name", async () => {
    const relay = await startRelay(stand.device.port);
    let answers = 0;
    relay.answer = (reply) => {
      answers += 1;
      if (answers > 2) return [reply];
      const named = reply.toString("latin1").replace(COMMUNITY, COMMUNITY.toUpperCase());
      return answers === 1 ? [Buffer.from(named, "latin1")] : [];
    };
    const link = linkTo({ port: relay.port });
    const read = await Promise.all([link.read([cell("maxPhases")]), link.read([cell("maxPhaseGroups")])]);
    await relay.close();
    expect(read.flatMap(codesOf)).toEqual([]);
  });

  it("gets its answer when two of three replies are lost", async () => {
    stand.device.setFaults({ dropShare: 0.6 });
    const read = await linkTo().read([cell("maxPhases")]);
    stand.device.setFaults({});
    expect(read.ok && read.value.get("maxPhases.0")).toBe(16);
  });

  it("is not answered under a wrong community, and does not print it", async () => {
    const read = await linkTo({ community: "guessed-word" }).read([cell("maxPhases")]);
    expect(codesOf(read)).toEqual(["CONTROLLER_SILENT"]);
    expect(JSON.stringify(read)).not.toContain("guessed-word");
  });

  it("says that the host cannot be reached when its name means nothing", async () => {
    const read = await linkTo({ host: "no-such-cabinet.invalid" }).read([cell("maxPhases")]);
    expect(codesOf(read)).toEqual(["CONTROLLER_UNREACHABLE"]);
  });

  it("does not believe a value outside the object's range", async () => {
    stand.device.setFaults({ lie: { oid: oid("coordPatternStatus"), value: 4000 } });
    const read = await linkTo().read([cell("coordPatternStatus")]);
    stand.device.setFaults({});
    expect(codesOf(read)).toEqual(["CONTROLLER_WRONG_ANSWER"]);
  });

  it("says that what answers does not speak SNMP", async () => {
    const babbler = createSocket("udp4", (_, from) =>
      babbler.send("HTTP/1.1 400 Bad Request\r\n", from.port, from.address),
    );
    await new Promise<void>((resolve) => babbler.bind(0, "127.0.0.1", resolve));
    const read = await linkTo({ port: babbler.address().port }).read([cell("maxPhases")]);
    await new Promise<void>((resolve) => babbler.close(() => resolve()));
    expect(codesOf(read)).toEqual(["CONTROLLER_WRONG_ANSWER"]);
  });

  it("refuses to be used after it was closed", async () => {
    const link = linkTo();
    link.close();
    expect(codesOf(await link.read([cell("maxPhases")]))).toEqual(["CONTROLLER_CLOSED"]);
  });
});
