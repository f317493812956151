/** What was done to a clip: its coded pictures as sealed against those that are in it now. */
import { type Problem, problem } from "../../problems/problem.ts";
import type { SealedFrame } from "./manifest.ts";

/** A coded picture as found in the file. */
export interface FoundFrame {
  readonly pts: number;
  readonly sha256: string;
}

/** For each found picture the number of the sealed one with the same bytes, or -1. Equal pictures are taken in order. */
function sealedNumbers(sealed: readonly SealedFrame[], found: readonly FoundFrame[]): readonly number[] {
  const places = new Map<string, number[]>();
  for (const [index, { sha256 }] of sealed.entries()) {
    const same = places.get(sha256);
    if (same === undefined) places.set(sha256, [index]);
    else same.push(index);
  }
  for (const same of places.values()) same.reverse();
  return found.map(({ sha256 }) => places.get(sha256)?.pop() ?? -1);
}

/** Numbers for a person start at 1. */
function tell(code: "FRAMES_ALTERED" | "FRAMES_INSERTED" | "FRAMES_RETIMED", name: string, at: readonly number[]) {
  return at.length === 0 ? [] : [problem(code, { name, count: at.length, first: (at[0] as number) + 1 })];
}

/** A strange picture in the very place of a lost one, between the same neighbours, is that picture changed. */
function changedInPlace(numbers: readonly number[], lost: ReadonlySet<number>): readonly number[] {
  const changed: number[] = [];
  let before = -1;
  for (const number of numbers) {
    if (number === -1 && lost.has(before + 1)) changed.push(before + 1);
    before = number === -1 ? before + 1 : number;
  }
  return changed;
}

function firstOutOfOrder(numbers: readonly number[]): number | null {
  let highest = -1;
  for (const [place, number] of numbers.entries()) {
    if (number === -1) continue;
    if (number < highest) return place;
    highest = number;
  }
  return null;
}

/** Every way in which the found pictures differ from the sealed ones; empty when they are the same at the same times. */
export function compareFrames(
  name: string,
  sealed: readonly SealedFrame[],
  found: readonly FoundFrame[],
): readonly Problem[] {
  const numbers = sealedNumbers(sealed, found);
  const kept = new Set(numbers);
  const lost = new Set([...sealed.keys()].filter((index) => !kept.has(index)));
  const changed = changedInPlace(numbers, lost);
  const changedOnes = new Set(changed);
  const dropped = [...lost].filter((index) => !changedOnes.has(index));
  const strange = [...numbers.keys()].filter((place) => numbers[place] === -1);
  const inserted = strange.slice(changed.length);
  const moved = firstOutOfOrder(numbers);
  const retimed = [...numbers.keys()].filter((place) => {
    const number = numbers[place] as number;
    return number !== -1 && sealed[number]?.pts !== found[place]?.pts;
  });
  return [
    ...(dropped.length === 0
      ? []
      : [
          problem("FRAMES_DROPPED", {
            name,
            count: dropped.length,
            sealed: sealed.length,
            first: (dropped[0] as number) + 1,
          }),
        ]),
    ...tell("FRAMES_INSERTED", name, inserted),
    ...tell("FRAMES_ALTERED", name, changed),
    ...(moved === null ? [] : [problem("FRAMES_REORDERED", { name, first: moved + 1 })]),
    ...tell("FRAMES_RETIMED", name, retimed),
  ];
}
