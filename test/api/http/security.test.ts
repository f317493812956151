import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { isLoopbackHost } from "../../../api/http/security.ts";
import { type FrontDoor, openFrontDoor } from "../../support/front-door.ts";

describe("who may talk to the front door", () => {
  let door: FrontDoor;
  beforeAll(async () => {
    door = await openFrontDoor();
  });
  afterAll(() => door.server.close());

  it.each(["localhost", "localhost:8080", "LOCALHOST", "127.0.0.1:1", "127.9.9.9", "[::1]", "[::1]:8080"])(
    "answers to %s",
    (host) => expect(isLoopbackHost(host)).toBe(true),
  );

  it.each([
    "evil.example",
    "localhost.evil.example",
    "127.0.0.1.evil.example",
    "10.0.0.1",
    "0.0.0.0",
    "::1",
    "",
    undefined,
  ])("does not answer to %s, which a page elsewhere could have pointed at us", (host) =>
    expect(isLoopbackHost(host)).toBe(false),
  );

  it("refuses a foreign name on every route, in words", async () => {
    for (const url of ["/", "/healthz", "/api/state", "/api/live", "/nothing"]) {
      const answer = await door.server.inject({ url, headers: { host: "evil.example:8080" } });
      expect([url, answer.statusCode, answer.json<{ code: string }>().code]).toEqual([url, 403, "HOST_REFUSED"]);
    }
  });

  it.each(["POST", "PUT", "PATCH", "DELETE", "OPTIONS"] as const)("refuses %s: it only reads", async (method) => {
    const answer = await door.server.inject({ method, url: "/api/plans", headers: { host: "localhost" } });
    expect(answer.statusCode).toBe(405);
    expect(answer.headers["allow"]).toBe("GET, HEAD");
    expect(answer.json()).toMatchObject({ code: "READ_ONLY" });
  });

  it("lets the page load only its own files and lets no other site read or frame it", async () => {
    const { headers } = await door.server.inject({
      url: "/healthz",
      headers: { host: "localhost", origin: "http://evil.example" },
    });
    expect(headers["content-security-policy"]).toContain("default-src 'none'");
    expect(headers["content-security-policy"]).toContain("frame-ancestors 'none'");
    expect(headers["content-security-policy"]).not.toContain("unsafe");
    expect(headers["cross-origin-resource-policy"]).toBe("same-origin");
    expect(headers["x-content-type-options"]).toBe("nosniff");
    expect(headers["access-control-allow-origin"]).toBeUndefined();
  });
});
