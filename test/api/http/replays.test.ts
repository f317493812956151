/** Replays over HTTP: of the service to those who may see traffic, of the player alone to whoever is at the machine. */
import { mkdtempSync, rmSync, utimesSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterEach, beforeEach, describe, expect, it } from "vitest";
import { buildPlayerServer } from "../../../api/http/player-server.ts";
import { oneReplay } from "../../../api/replays/replay-files.ts";
import { openFrontDoor } from "../../support/front-door.ts";

const host = "127.0.0.1:8080";

describe("replays", () => {
  let folder: string;
  beforeEach(() => {
    folder = mkdtempSync(join(tmpdir(), "greenwave-replays-"));
    writeFileSync(join(folder, "monday.gwr"), "first");
    writeFileSync(join(folder, "tuesday.gwr"), "second");
    utimesSync(join(folder, "monday.gwr"), 1000, 1000);
    utimesSync(join(folder, "tuesday.gwr"), 2000, 2000);
    writeFileSync(join(folder, "notes.txt"), "no replay");
  });
  afterEach(() => rmSync(folder, { recursive: true }));

  it("are listed newest first, and read, by an engineer", async () => {
    const door = await openFrontDoor({ replays: folder });
    const cookie = await door.sessionOf("nga", "engineer");
    const ask = (url: string) => door.server.inject({ url, headers: { host, cookie } });
    expect((await ask("/api/replays")).json()).toEqual({
      replays: [
        { name: "tuesday.gwr", size_bytes: 6, written_ms: 2_000_000 },
        { name: "monday.gwr", size_bytes: 5, written_ms: 1_000_000 },
      ],
    });
    const file = await ask("/api/replays/monday.gwr");
    expect([file.statusCode, file.headers["content-type"], file.body]).toEqual([
      200,
      "application/octet-stream",
      "first",
    ]);
    await door.server.close();
  });

  it("are nothing else of the machine's files", async () => {
    const door = await openFrontDoor({ replays: folder });
    const cookie = await door.sessionOf("nga", "engineer");
    for (const name of ["notes.txt", "..%2f..%2fetc%2fpasswd", "wednesday.gwr", "%00"]) {
      const answer = await door.server.inject({ url: `/api/replays/${name}`, headers: { host, cookie } });
      expect([name, answer.statusCode]).toEqual([name, 404]);
    }
    await door.server.close();
  });

  it("are kept from whoever is not logged in, and from roles that do not see traffic", async () => {
    const door = await openFrontDoor({ replays: folder });
    const cookie = await door.sessionOf("ha", "auditor");
    expect((await door.server.inject({ url: "/api/replays", headers: { host } })).statusCode).toBe(401);
    expect((await door.server.inject({ url: "/api/replays", headers: { host, cookie } })).statusCode).toBe(403);
    await door.server.close();
  });

  it("are shown by the player's own server without log-in, but only the one, and only to this machine", async () => {
    const one = await oneReplay(join(folder, "monday.gwr"));
    if (!one.ok) throw new Error("not read");
    const server = await buildPlayerServer(one.value, "/nowhere");
    const status = async (url: string, from = host) =>
      (await server.inject({ url, headers: { host: from } })).statusCode;
    expect(await status("/api/replays/monday.gwr")).toBe(200);
    expect(await status("/api/replays/tuesday.gwr")).toBe(404);
    expect(await status("/api/replays", "greenwave.example")).toBe(403);
    await server.close();
  });

  it("say in a sentence that a file is not there", async () => {
    const read = await oneReplay(join(folder, "thursday.gwr"));
    expect(read.ok ? null : read.problems[0]?.code).toBe("REPLAY_UNREADABLE");
    const other = await oneReplay(folder);
    expect(other.ok ? null : other.problems[0]?.code).toBe("REPLAY_UNREADABLE");
  });
});
