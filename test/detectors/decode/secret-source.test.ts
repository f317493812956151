import { describe, expect, test } from "vitest";
import { ffmpegArguments } from "../../../detectors/decode/ffmpeg-arguments.ts";
import { inputList, isSecret } from "../../../detectors/decode/secret-source.ts";

const request = (source: string) => ({ source, paced: true, socket_timeout_s: 4.5 });

describe("an address with a password", () => {
  test.each(["rtsp://name:word@camera/1", "rtsp://name:wo'rd@camera/1", "http://camera/stream?token=word"])(
    "such as %s stands in no argument of ffmpeg",
    (source) => {
      expect(isSecret(source)).toBe(true);
      expect(ffmpegArguments(request(source)).join(" ")).not.toMatch(/wo'?rd|name/);
    },
  );

  test("goes through standard input as a list of one, with how to open it", () => {
    expect(inputList(request("rtsp://name:it's@camera/1"))?.split("\n")).toEqual([
      "ffconcat version 1.0",
      "file 'rtsp://name:it'\\''s@camera/1'",
      "option rtsp_transport tcp",
      "option timeout 4500000",
      "option fpsprobesize 0",
      "",
    ]);
  });

  test("cannot add a line of its own to the list", () => {
    expect(inputList(request("rtsp://a:b@c/1\nfile /etc/passwd"))?.match(/^file /gm)).toHaveLength(1);
  });
});

test.each(["rtsp://camera/1", "film.mp4", "https://camera/stream?size=2"])("%s holds no secret", (source) => {
  expect(inputList(request(source))).toBeNull();
  expect(ffmpegArguments(request(source)).join(" ")).toContain(source);
});
