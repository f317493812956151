import { readFileSync } from "node:fs";
import { describe, expect, it } from "vitest";
import { parseSite } from "../../api/site/load.ts";
import { listed } from "../../core/problems/problem.ts";
import { deriveYellow } from "../../core/signal/derive/clearances.ts";
import { siteKeys } from "./site-reference.ts";

const text = readFileSync(new URL("../../docs/sample-site.yaml", import.meta.url), "utf8");

function sample() {
  const site = parseSite(text, "sample-site.yaml");
  if (!site.ok) throw new Error(listed(site.problems));
  return site.value;
}

const EARTH_M = 6_371_000;
const radians = (degrees: number): number => (degrees * Math.PI) / 180;

/** Flat enough over half a kilometre. */
function metresBetween(a: { latitude?: number | undefined; longitude?: number | undefined }, b: typeof a): number {
  const [aLat, aLon, bLat, bLon] = [a.latitude, a.longitude, b.latitude, b.longitude].map((x) => radians(x ?? 0));
  const north = (bLat ?? 0) - (aLat ?? 0);
  const east = ((bLon ?? 0) - (aLon ?? 0)) * Math.cos(aLat ?? 0);
  return EARTH_M * Math.hypot(north, east);
}

describe("the sample site", () => {
  it("is a corridor of six intersections, each with its virtual controller, without a mistake", () => {
    const site = sample();
    const ids = site.intersections.map(({ id }) => id);
    expect(ids).toHaveLength(6);
    expect(site.corridors[0]?.intersections.map(({ id }) => id)).toEqual(ids);
    expect(site.controllers.map((c) => [c.kind, c.intersection])).toEqual(ids.map((id) => ["virtual", id]));
  });

  it("shows or mentions every key there is", () => {
    const keys = new Set(siteKeys().map(({ path }) => path.split(".").at(-1) ?? path));
    const absent = [...keys].filter((key) => !new RegExp(`\\b${key}\\b`).test(text));
    expect(absent).toEqual([]);
  });

  it("shows optional parts of a signal that are right as they stand", () => {
    const shown = text.replace(/^ {6}# {3}(?=[ #]*[a-z-])/gm, "      ");
    const site = parseSite(shown, "sample-site.yaml");
    expect(site.ok ? [] : listed(site.problems)).toEqual([]);
    const signal = site.ok ? site.value.intersections[0]?.signal : undefined;
    expect(signal?.preempts).toHaveLength(1);
    expect(signal?.plan_days).toHaveLength(4);
  });

  it("states a volume for every lane", () => {
    const site = sample();
    const lanes = site.intersections.flatMap((i) => i.approaches.flatMap((a) => a.lanes.map(({ id }) => id)));
    expect(site.volumes.map(({ lane }) => lane).toSorted()).toEqual(lanes.toSorted());
  });

  it("spaces the intersections as their positions do, within a tenth", () => {
    const site = sample();
    for (const [index, member] of (site.corridors[0]?.intersections ?? []).entries()) {
      const [before, here] = [site.intersections[index - 1], site.intersections[index]];
      if (before === undefined || here === undefined) continue;
      const metres = metresBetween(before, here);
      expect(Math.abs(member.distance_m - metres) / metres, member.id).toBeLessThan(0.1);
    }
  });

  it("keeps the clearance rules it states, with the W it states", () => {
    const stated = [
      ...text.matchAll(/phase: (\d+), yellow_s: ([\d.]+), red_clear_s: ([\d.]+) } # W = (\d+) m at (\d+)/g),
    ];
    expect(stated).toHaveLength(6 + 4 + 4 + 8 + 4 + 4);
    for (const [line, , yellow_s, red_clear_s, width, kmh] of stated) {
      const speed = Number(kmh) / 3.6;
      const red = Math.max((Number(width) + 6.1) / speed, (Number(width) + 2) / 8) - 1;
      expect(Number(yellow_s), line).toBe(deriveYellow({ speed_kmh: Number(kmh), grade_pct: 0 }).value_s);
      expect(Number(red_clear_s), line).toBeCloseTo(Math.max(1, Math.ceil(red * 10 - 1e-9) / 10), 6);
    }
  });

  it("gives people the time to cross that it states", () => {
    for (const { id, signal } of sample().intersections) {
      for (const phase of signal.phases.filter(({ walk_s }) => walk_s > 0)) {
        const wide = phase.number % 4 === 0 && id !== "bach-dang" ? 30 : 15;
        expect(phase.ped_clear_s, `${id} ${phase.number}`).toBe(Math.ceil(wide / 1.07 - 3));
        expect(phase.walk_s + phase.ped_clear_s + 3).toBeGreaterThanOrEqual((wide + 1.8) / 0.91);
      }
    }
  });
});
