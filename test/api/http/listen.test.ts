import { createServer } from "node:net";
import { describe, expect, it } from "vitest";
import { listen } from "../../../api/http/listen.ts";
import { sentence } from "../../../core/problems/problem.ts";
import { openFrontDoor } from "../../support/front-door.ts";

describe("opening the port", () => {
  it("takes any free port on loopback and answers there", async () => {
    const { server } = await openFrontDoor();
    const listening = await listen(server, 0);
    if (!listening.ok) throw new Error("no free port");
    expect(listening.value.url).toBe(`http://127.0.0.1:${listening.value.port}`);
    expect((await fetch(`${listening.value.url}/healthz`)).status).toBe(200);
    await server.close();
  });

  it("names the port another program holds, and what to do", async () => {
    const other = createServer();
    await new Promise<void>((resolve) => other.listen(0, "127.0.0.1", resolve));
    const { port } = other.address() as { port: number };
    const { server } = await openFrontDoor();
    const listening = await listen(server, port);
    if (listening.ok) throw new Error("the port was taken twice");
    expect(listening.problems.map((problem) => problem.code)).toEqual(["PORT_BUSY"]);
    expect(listening.problems.map((problem) => sentence(problem)).join()).toContain(`Port ${port} on 127.0.0.1`);
    await server.close();
    other.close();
  });
});
