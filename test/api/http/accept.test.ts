import { afterEach, beforeEach, describe, expect, it } from "vitest";
import { CAMERA, type FrontDoor, openFrontDoor } from "../../support/front-door.ts";

describe("a camera that somebody has looked at", () => {
  let door: FrontDoor;
  let accepted = 0;
  beforeEach(async () => {
    door = await openFrontDoor();
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
      headers: { host: "localhost", "content-type": "application/json", ...headers },
      payload: "{}",
    });

  it("is accepted as it is", async () => {
    const answer = await accept(CAMERA);
    expect([answer.statusCode, answer.json()]).toEqual([200, { camera: CAMERA, accepted: true }]);
    expect(accepted).toBe(1);
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
