import { expect, test } from "vitest";
import { standardOffset_s } from "../../../controllers/virtual/standard-offset.ts";

test.each([
  ["Asia/Ho_Chi_Minh", 25_200],
  ["UTC", 0],
  ["Europe/Stockholm", 3600],
  ["America/New_York", -18_000],
  ["Australia/Sydney", 36_000],
  ["Asia/Kolkata", 19_800],
])("standard time of %s is %i s ahead of UTC", (zone, seconds) => {
  expect(standardOffset_s(zone, 2026)).toBe(seconds);
});
