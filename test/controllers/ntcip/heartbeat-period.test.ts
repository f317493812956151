import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { heartbeatSeconds, leastBackupSeconds } from "../../../controllers/ntcip/heartbeat-period.ts";

const backup = fc.integer({ min: 0, max: 65535 });
const retry = fc.integer({ min: 6, max: 900 }).map((tenths) => tenths / 10);

describe("the time between two heartbeats", () => {
  it("leaves room for three beats and the worst retry inside the backup timer", () => {
    const fits = fc.property(backup, retry, (backup_s, retry_s) => {
      const beat_s = heartbeatSeconds(backup_s, retry_s);
      fc.pre(beat_s !== null);
      expect(3 * (beat_s ?? 0) + retry_s).toBeLessThan(backup_s);
      expect(beat_s).toBeGreaterThanOrEqual(1);
    });
    fc.assert(fits);
  });

  it("exists from the least backup timer on", () => {
    const exists = fc.property(retry, (retry_s) => {
      expect(heartbeatSeconds(leastBackupSeconds(retry_s), retry_s)).not.toBeNull();
    });
    fc.assert(exists);
  });

  it("does not exist where the timer is off", () => {
    const off = fc.property(retry, (retry_s) => {
      expect(heartbeatSeconds(0, retry_s)).toBeNull();
    });
    fc.assert(off);
  });
});
