import { readFileSync } from "node:fs";
import fc from "fast-check";
import { describe, expect, test } from "vitest";
import { hiresCsv, hiresOf, inOrder, localTimestamps } from "../../../core/events/hires.ts";
import type { DetectorEvent } from "../../../core/ports/detection-feed.ts";
import { missing, sharedFolder } from "../../support/peers.ts";

const noon_ms = Date.UTC(2026, 2, 2, 5, 0, 0);
const event = (at_ms: number, on: boolean, channel = 7): DetectorEvent => ({
  intersection: "bach-dang",
  channel,
  at_ms,
  on,
  origin: "camera",
});

describe("the hi-res log", () => {
  test("has 82 for a detector that goes on and 81 for one that goes off, with its channel as the parameter", () => {
    expect([event(noon_ms, true), event(noon_ms + 900, false)].map(hiresOf)).toEqual([
      { at_ms: noon_ms, device_id: "bach-dang", event_id: 82, parameter: 7, origin: "camera" },
      { at_ms: noon_ms + 900, device_id: "bach-dang", event_id: 81, parameter: 7, origin: "camera" },
    ]);
  });

  test("is written in local time to a tenth of a second, under the names such logs have", () => {
    const rows = [event(noon_ms + 149, true), event(noon_ms + 1251, false)].map(hiresOf);
    expect(hiresCsv(rows, localTimestamps("Asia/Ho_Chi_Minh")).split("\n")).toEqual([
      "TimeStamp,DeviceId,EventId,Parameter",
      "2026-03-02 12:00:00.1,bach-dang,82,7",
      "2026-03-02 12:00:01.3,bach-dang,81,7",
    ]);
  });

  test.skipIf(missing("shared data"))("has the columns of a real agency's log, in its order", () => {
    // The footer of a Parquet file holds the names of its columns as plain text.
    const footer = readFileSync(`${sharedFolder}data/atspm/hires.parquet`).subarray(-4096).toString("latin1");
    const names = hiresCsv([], localTimestamps("UTC")).split(",");
    const schema = footer.slice(footer.indexOf("schema"));
    const places = names.map((name) => schema.indexOf(name));
    expect(places.every((place) => place > 0)).toBe(true);
    expect(places).toEqual(places.toSorted((a, b) => a - b));
  });

  test("never moves an event by more than half a tenth, nor past another of its channel", () => {
    const step = fc.integer({ min: 1, max: 5000 });
    fc.assert(
      fc.property(fc.array(step, { minLength: 1, maxLength: 50 }), (steps) => {
        let at_ms = noon_ms;
        const events = steps.map((wait, index) => {
          at_ms += wait;
          return event(at_ms, index % 2 === 0);
        });
        const shuffled = events.toSorted((a, b) => (a.at_ms % 7) - (b.at_ms % 7));
        const log = inOrder(shuffled).map(hiresOf);
        expect(log.map(({ event_id }) => event_id)).toEqual(log.map((_, index) => (index % 2 === 0 ? 82 : 81)));
        for (const [index, row] of log.entries()) {
          expect(row.at_ms % 100).toBe(0);
          expect(Math.abs(row.at_ms - (events[index]?.at_ms ?? 0))).toBeLessThanOrEqual(50);
        }
      }),
    );
  });

  test("writes midnight as the new day's 00, whatever the zone", () => {
    expect(localTimestamps("Asia/Ho_Chi_Minh")(Date.UTC(2026, 2, 1, 17))).toBe("2026-03-02 00:00:00.0");
    expect(localTimestamps("UTC")(Date.UTC(2026, 11, 31, 23, 59, 59, 900))).toBe("2026-12-31 23:59:59.9");
  });
});
