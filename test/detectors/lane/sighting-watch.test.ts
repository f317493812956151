import { describe, expect, test } from "vitest";
import type { Sightings } from "../../../core/ports/detection-feed.ts";
import type { Script } from "../../core/violations/staged.ts";
import { filmStreet, onGround } from "../../support/staged-street.ts";

const seeing = { way: "oncoming", per_s: 15, wobble: 0.005, seed: 3 } as const;

const script = (pose: Script["pose"], to_s = 6, more: Partial<Script> = {}): Script => ({
  track: 1,
  from_s: 0,
  to_s,
  pose,
  ...more,
});

type Seen = Sightings["tracks"][number];

const seenAt = (street: ReturnType<typeof filmStreet>, t_s: number, of = 0): Seen | undefined =>
  street.sightings
    .find(({ at_ms }) => Math.abs(at_ms - t_s * 1000) < 34)
    ?.tracks.find(({ track }) => street.scriptOf(track) === of);

const facing = ({ front, rear }: Seen): number => Math.atan2(front.y_m - rear.y_m, front.x_m - rear.x_m);
const towardsCamera = -Math.PI / 2;

describe("everybody on the road in a picture", () => {
  test("is told once proved, with both ends, the picture's own time and how wrong the front is", () => {
    const street = filmStreet([script((t_s) => ({ x_m: -20 + t_s * 6, y_m: 1, heading_rad: 0 }))], seeing);
    const seen = seenAt(street, 3);
    const [x_m, y_m] = onGround("oncoming", -2, 1);
    expect(seen).toMatchObject({ class: "car", occluded: false });
    expect(Math.hypot((seen?.front.x_m ?? 0) - x_m, (seen?.front.y_m ?? 0) - y_m)).toBeLessThan(0.25);
    expect(
      Math.hypot((seen?.front.x_m ?? 0) - (seen?.rear.x_m ?? 0), (seen?.front.y_m ?? 0) - (seen?.rear.y_m ?? 0)),
    ).toBeCloseTo(4.4, 6);
    expect(seen?.front_error_m).toBeGreaterThan(0);
    expect(seen?.front_error_m).toBeLessThan(0.4);
    expect(seen?.box.every((side) => side >= 0 && side <= 1)).toBe(true);
    for (const { at_ms, stream } of street.sightings) expect(stream.pts_s * 1000).toBeCloseTo(at_ms, 6);
  });

  test("whose front is a class's length behind what is seen is the less sure of it", () => {
    const drive = script((t_s) => ({ x_m: -8 + t_s * 4, y_m: 0, heading_rad: 0 }));
    const error = (way: "oncoming" | "receding"): number => {
      const street = filmStreet([drive], { ...seeing, way });
      return seenAt(street, 3)?.front_error_m ?? Number.NaN;
    };
    expect(error("receding")).toBeGreaterThan(0.4);
    expect(error("oncoming")).toBeLessThan(0.4);
  });

  test("keeps facing ahead while it waits, and while it reverses", () => {
    const pose: Script["pose"] = (t_s) => {
      const x_m = Math.min(5, -15 + t_s * 8) - Math.max(0, t_s - 5) * 2;
      return { x_m, y_m: 0, heading_rad: 0 };
    };
    const street = filmStreet([script(pose, 9)], seeing);
    for (const t_s of [2, 4, 7, 8.5]) {
      const seen = seenAt(street, t_s);
      expect(seen && facing(seen)).toBeCloseTo(towardsCamera, 0);
    }
  });

  test("faces the other way when it came from there", () => {
    const street = filmStreet([script((t_s) => ({ x_m: 8 - t_s * 6, y_m: 0, heading_rad: Math.PI }))], seeing);
    const seen = seenAt(street, 3);
    expect(seen && facing(seen)).toBeCloseTo(-towardsCamera, 0);
  });

  test("is occluded behind another vehicle, and not beside one", () => {
    const follower = (y_m: number): Script => script((t_s) => ({ x_m: -16 + t_s * 4, y_m, heading_rad: 0 }), 5);
    const lorry = script((t_s) => ({ x_m: -10 + t_s * 4, y_m: 0, heading_rad: 0 }), 5, { class: "truck", length_m: 4 });
    const behind = filmStreet([follower(0.3), lorry], seeing);
    const beside = filmStreet([follower(-3.5), lorry], seeing);
    const hidden = (street: typeof behind) => seenAt(street, 2.5, 0)?.occluded;
    expect(hidden(behind)).toBe(true);
    expect(hidden(beside)).toBe(false);
    expect(seenAt(behind, 2.5, 1)?.occluded).toBe(false);
  });
});
