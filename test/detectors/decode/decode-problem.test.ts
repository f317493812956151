import { describe, expect, test } from "vitest";
import { sentence } from "../../../core/problems/problem.ts";
import { decodeProblem } from "../../../detectors/decode/decode-problem.ts";

const camera = "rtsp://admin:s3cret@10.0.0.7/1";

describe("what ffmpeg said, as a problem", () => {
  test.each([
    ["method DESCRIBE failed: 401 Unauthorized", "STREAM_UNAUTHORISED"],
    ["method DESCRIBE failed: 404 Not Found", "STREAM_NOT_FOUND"],
    ["Connection to tcp://10.0.0.7:554?timeout=0 failed: Connection refused", "STREAM_REFUSED"],
    ["Connection timed out", "STREAM_SILENT"],
    ["Failed to resolve hostname camera.invalid: Name or service not known", "STREAM_SILENT"],
    ["Stream map '0:v:0' matches no streams.", "VIDEO_WITHOUT_PICTURE"],
    ["something nobody has seen before", "STREAM_LOST"],
  ])("of a camera: %s", (stderr, code) => {
    expect(decodeProblem(camera, stderr, 0).code).toBe(code);
  });

  test("a camera that worked is lost, whatever the reason", () => {
    expect(decodeProblem(camera, "Connection refused", 500).code).toBe("STREAM_LOST");
  });

  test.each([
    ["file:/v/a.mp4: No such file or directory", "VIDEO_MISSING"],
    ["file:/v/a.mp4: Invalid data found when processing input", "VIDEO_UNREADABLE"],
    ["To ignore this, add a trailing '?' to the map.\nStream map '0:v:0' matches no streams.", "VIDEO_WITHOUT_PICTURE"],
  ])("of a file: %s", (stderr, code) => {
    expect(decodeProblem("/v/a.mp4", stderr, 0).code).toBe(code);
  });

  test("no sentence shows the password", () => {
    for (const stderr of ["401 Unauthorized", "Connection refused", `${camera}: strange`]) {
      expect(sentence(decodeProblem(camera, stderr, 0))).not.toContain("s3cret");
    }
  });

  test("the reason is ffmpeg's last line, without its prefix", () => {
    const stderr = "[mov,mp4 @ 0x55d] moov atom not found\nfile:/v/a.mp4: Invalid data found when processing input\n";
    expect(decodeProblem("/v/a.mp4", stderr, 0).words["reason"]).toBe("Invalid data found when processing input");
  });
});
