/** The versions of core and of the signal exchange list that we speak, and what differs between them. */

export const CORE_VERSIONS = ["3.1.5", "3.2.0", "3.2.1", "3.2.2", "3.3.0"] as const;
export type CoreVersion = (typeof CORE_VERSIONS)[number];

export const SXL_VERSIONS = ["1.0.15", "1.1.0", "1.2.1", "1.3.0"] as const;
export type SxlVersion = (typeof SXL_VERSIONS)[number];

/** Name of the signal exchange list of traffic light controllers, as 3.3 writes it. */
export const SXL_NAME = "tlc";

const parts = (version: string): readonly number[] => version.split(".").map(Number);

/** Below 0 when `a` is older than `b`. Missing parts count as 0: 3.2 is 3.2.0. */
function compareVersions(a: string, b: string): number {
  const [left, right] = [parts(a), parts(b)];
  for (let i = 0; i < Math.max(left.length, right.length); i++) {
    const difference = (left[i] ?? 0) - (right[i] ?? 0);
    if (difference !== 0) return difference;
  }
  return 0;
}

export const atLeast = (version: string, least: string): boolean => compareVersions(version, least) >= 0;

/** Our version of a core version as a peer or a person writes it, or null. */
export const coreVersion = (text: string): CoreVersion | null =>
  CORE_VERSIONS.find((version) => /^\d+(\.\d+)+$/.test(text) && compareVersions(version, text) === 0) ?? null;

/**
 * The list whose tables fit a peer's SXL version: the same one, or of the same minor version (1.2 and 1.2.0 differ from 1.2.1 in
 * words only). Null for a version with other contents.
 */
export function sxlVersion(text: string): SxlVersion | null {
  if (!/^\d+\.\d+(\.\d+)?$/.test(text)) return null;
  const exact = SXL_VERSIONS.find((version) => version === text);
  if (exact !== undefined) return exact;
  const [major, minor] = parts(text);
  if (minor === 0) return null;
  return SXL_VERSIONS.find((version) => version.startsWith(`${major}.${minor}.`)) ?? null;
}

/** The oldest core that can carry everything in a list: 1.1 and 1.2 send arrays, 1.3 is written for core 3.3. */
export const leastCoreOf: Readonly<Record<SxlVersion, CoreVersion>> = {
  "1.0.15": "3.1.5",
  "1.1.0": "3.2.0",
  "1.2.1": "3.2.0",
  "1.3.0": "3.3.0",
};

/** The newest version that both speak, with the peer's own spelling of it. */
export function highestCommon(
  ours: readonly CoreVersion[],
  theirs: readonly string[],
): { readonly version: CoreVersion; readonly spelling: string } | null {
  let best: { version: CoreVersion; spelling: string } | null = null;
  for (const spelling of theirs) {
    const version = coreVersion(spelling);
    if (version === null || !ours.includes(version)) continue;
    if (best === null || compareVersions(version, best.version) > 0) best = { version, spelling };
  }
  return best;
}

/** Core 3.3 exchanges its versions in a request and a response, and knows the list of components. */
export const hasComponentList = (core: CoreVersion): boolean => atLeast(core, "3.3.0");

/** From 3.2 on a value of a status may be an array. */
export const carriesArrays = (core: CoreVersion): boolean => atLeast(core, "3.2.0");

/** Before 3.3, messages about a component also name it by two ids of the national systems. */
export const namesNationalIds = (core: CoreVersion): boolean => !atLeast(core, "3.3.0");
