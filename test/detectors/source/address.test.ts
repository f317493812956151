import fc from "fast-check";
import { describe, expect, test } from "vitest";
import { isLive, masked } from "../../../detectors/source/address.ts";

describe("a source address", () => {
  test("is live when it names a protocol, and a file otherwise", () => {
    expect(isLive("rtsp://camera/1")).toBe(true);
    expect(isLive("RTSPS://camera/1")).toBe(true);
    expect(isLive("file:///videos/a.mp4")).toBe(false);
    expect(isLive("videos/a.mp4")).toBe(false);
  });

  test("is shown without user and password, and with all the rest", () => {
    expect(masked("rtsp://admin:s3cret@10.0.0.7:554/live/1")).toBe("rtsp://***@10.0.0.7:554/live/1");
  });

  test("is shown without them where its slashes are lost on the way", () => {
    expect(masked("rtsp:\u0017u:s3cret@cam/: failed")).toBe("***@cam/: failed");
    expect(masked("[rtsp @ 0x55d] method failed: 401")).toBe("[rtsp @ 0x55d] method failed: 401");
  });

  test("is shown without tokens in its query", () => {
    expect(masked("rtsp://cam/1?channel=2&password=abc&sessiontoken=x1")).toBe(
      "rtsp://cam/1?channel=2&password=***&sessiontoken=***",
    );
  });

  test("never shows a password, whatever it is made of", () => {
    const letters = "abcdefghijklmnopqrstuvwxyzABCDEFGHIJKLMNOPQRSTUVWXYZ0123456789:@!$-_.~%/?#&=".split("");
    const password = fc.string({ unit: fc.constantFrom(...letters), minLength: 4, maxLength: 20 });
    fc.assert(
      fc.property(password, (word) => {
        const secret = `§${word}§`;
        expect(masked(`cannot open rtsp://user:${secret}@cam/1 now`)).not.toContain(secret);
      }),
    );
  });
});
