import { afterEach, beforeEach, describe, expect, it } from "vitest";
import type { Role } from "../../../core/accounts/roles.ts";
import { CAMERA, type FrontDoor, openFrontDoor } from "../../support/front-door.ts";

const PASSWORD = "bốn con mèo trên mái";

describe("a camera that somebody has looked at", () => {
  let door: FrontDoor;
  let accepted = 0;
  let cookie = "";
  const session = async (name: string, role: Role): Promise<string> => {
    await door.accounts.add({ name, password: PASSWORD, roles: [role] }, { name: "root", roles: ["admin"] });
    const opened = await door.accounts.logIn(name, PASSWORD, "here");
    return `greenwave_session=${opened.ok ? opened.value : ""}`;
  };
  beforeEach(async () => {
    door = await openFrontDoor();
    cookie = await session("lan", "technician");
    accepted = 0;
    door.camera.accept = () => {
      accepted += 1;
    };
  });
  afterEach(() => door.server.close());

  const accept = (camera: string, headers: Readonly<Record<string, string>> = {}) =>
    door.server.inject({
      method: "POST",
      url: `/api/cameras/${camera}/accept`,
      headers: { host: "localhost", "content-type": "application/json", cookie, ...headers },
      payload: "{}",
    });

  it("is accepted as it is", async () => {
    const answer = await accept(CAMERA);
    expect([answer.statusCode, answer.json()]).toEqual([200, { camera: CAMERA, accepted: true }]);
    expect(accepted).toBe(1);
  });

  it("is not accepted by whoever is not logged in, or looks after no cameras", async () => {
    const reviewer = await session("minh", "reviewer");
    const answers = [await accept(CAMERA, { cookie: "" }), await accept(CAMERA, { cookie: reviewer })];
    expect(answers.map(({ statusCode }) => statusCode)).toEqual([401, 403]);
    expect(accepted).toBe(0);
  });

  it("is not accepted by another site's page", async () => {
    const answers = [
      await accept(CAMERA, { origin: "http://evil.example" }),
      await accept(CAMERA, { "sec-fetch-site": "cross-site" }),
      await accept(CAMERA, { host: "evil.example" }),
    ];
    expect(answers.map(({ statusCode }) => statusCode)).toEqual([403, 403, 403]);
    expect(accepted).toBe(0);
  });

  it("must be one of the site's", async () => {
    const answer = await accept("camera-x");
    expect([answer.statusCode, answer.json<{ code: string }>().code]).toEqual([404, "NO_SUCH_CAMERA"]);
  });
});
