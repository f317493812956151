import { expect, it } from "vitest";
import { SnmpSession } from "../../../controllers/ntcip/snmp-session.ts";

it("ends an exchange that is never answered, neither with an answer nor with an error", async () => {
  const reach = { host: "127.0.0.1", port: 9, version: "v2c", community: "session-2d80" } as const;
  const session = new SnmpSession({ ...reach, timeout_s: 0.01, attempts: 1 });
  const { error, varbinds } = await session.attempt(() => undefined);
  expect(error?.name).toBe("RequestTimedOutError");
  expect(varbinds).toEqual([]);
  session.drop();
});
