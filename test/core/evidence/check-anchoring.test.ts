/** A package against the published roots of days, without files and keys. */
import { createHash } from "node:crypto";
import { describe, expect, it } from "vitest";
import { caseMark, type DayRoot, digestOf, inclusionOf, rootOfLeaves } from "../../../core/evidence/day-root.ts";
import { chainEntry, emptyChain } from "../../../core/evidence/ledger-chain.ts";
import { checkAnchoring, checkRootsFollow } from "../../../core/evidence/package/check-anchoring.ts";
import type { Manifest } from "../../../core/evidence/package/manifest.ts";
import type { LedgerEntry } from "../../../core/ports/storage.ts";

const hash = (text: string): string => createHash("sha256").update(text, "utf8").digest("hex");
const zone = "Asia/Ho_Chi_Minh";
const sealed_ms = Date.UTC(2026, 10, 22, 7);
const case_id = "case-1";

const manifestHash = hash("edition 1");
const manifest = { case_id, edition: 1, sealed_at_ms: sealed_ms } as Manifest;

function logOf(...manifests: readonly string[]): readonly LedgerEntry[] {
  const log = [chainEntry(emptyChain, "detected", { case_id }, sealed_ms - 1000, hash)];
  for (const [index, manifest_sha256] of manifests.entries()) {
    const body = { case_id, edition: index + 1, manifest_sha256 };
    log.push(chainEntry(log.at(-1) as LedgerEntry, "sealed", body, sealed_ms, hash));
  }
  return log;
}

const custody = logOf(manifestHash);
const mark = caseMark(case_id, custody[0]?.hash ?? "", hash);
const leaves = custody.map(({ seq, hash: own }) => ({ chain: mark, seq, hash: own }));

/** A day on which the case's log grew to `to_seq`, and the newest package was this one. */
function rootOf(day: string, change: Partial<DayRoot> = {}, grown: Partial<DayRoot["cases"][number]> = {}): DayRoot {
  const sealed = { edition: 1, manifest_sha256: manifestHash };
  const own = { chain: mark, from_seq: 1, to_seq: 2, hash: custody[1]?.hash ?? "", sealed, ...grown };
  return {
    version: 1,
    site: "da-nang",
    day,
    timezone: zone,
    closed_at_ms: sealed_ms,
    merkle_root: rootOfLeaves(leaves, hash),
    entries: leaves.length,
    chains: [],
    cases: [own],
    faults: [],
    previous: null,
    ...change,
  };
}

const codes = (roots: readonly DayRoot[], proof: Parameters<typeof checkAnchoring>[0]["proof"] = null, log = custody) =>
  checkAnchoring({ manifest, manifestHash, custody: log, proof, roots }, hash).map(({ code }) => code);

describe("a package", () => {
  it("that a root names is anchored, and so is one whose proof leads to the root, named or not", () => {
    expect(codes([rootOf("2026-11-22")])).toEqual([]);
    const inclusion = inclusionOf("2026-11-22", leaves, mark, 2, hash);
    if (inclusion === null) throw new Error("the seal is a leaf");
    expect(codes([rootOf("2026-11-22", {}, { sealed: null })], { file: "p", inclusion })).toEqual([]);
    expect(codes([rootOf("2026-11-22", {}, { sealed: null })])).toEqual(["PACKAGE_NOT_ANCHORED"]);
  });

  it("whose proof leads elsewhere, or to a day that is not there, is told", () => {
    const inclusion = inclusionOf("2026-11-22", leaves, mark, 2, hash);
    if (inclusion === null) throw new Error("the seal is a leaf");
    const other = { ...inclusion, path: [{ side: "left" as const, hash: hash("other") }] };
    expect(codes([rootOf("2026-11-22")], { file: "p", inclusion: other })).toEqual(["PROOF_WRONG"]);
    expect(codes([rootOf("2026-11-22")], { file: "p", inclusion: { ...inclusion, day: "2026-11-23" } })).toEqual([
      "PROOF_WRONG",
    ]);
  });

  it("that was sealed again later is an older one put back", () => {
    const sealed = { edition: 2, manifest_sha256: hash("edition 2") };
    const later = rootOf("2026-11-23", {}, { from_seq: 3, to_seq: 3, hash: hash("entry 3"), sealed });
    expect(codes([rootOf("2026-11-22"), later])).toEqual(["PACKAGE_REPLAYED"]);
    expect(codes([rootOf("2026-11-22", {}, { to_seq: 3, hash: hash("entry 3"), sealed })])).toEqual([
      "PACKAGE_REPLAYED",
    ]);
  });

  it("beside another of the same edition was sealed twice", () => {
    const forged = logOf(hash("another"), manifestHash).slice(0, 2);
    const sealed = { edition: 1, manifest_sha256: hash("another") };
    const root = rootOf("2026-11-22", {}, { to_seq: 3, hash: hash("entry 3"), sealed });
    expect(codes([root])).toEqual(["PACKAGE_FORKED"]);
    expect(codes([root], null, forged)).toEqual(["PACKAGE_NOT_ANCHORED"]);
  });

  it("whose log was written anew differs from the root", () => {
    const root = rootOf("2026-11-22", {}, { hash: hash("the true entry 2") });
    expect(codes([root])).toEqual(["PACKAGE_LOG_REWRITTEN"]);
  });

  it("that first appears days after it says it was sealed was sealed with a clock set back", () => {
    expect(codes([rootOf("2026-11-23")])).toEqual([]);
    expect(codes([rootOf("2026-11-24")])).toEqual(["PACKAGE_BACKDATED"]);
  });

  it("without its log, or that no root knows, is not anchored", () => {
    expect(codes([rootOf("2026-11-22")], null, [])).toEqual(["PACKAGE_NOT_ANCHORED"]);
    expect(codes([rootOf("2026-11-22", { cases: [] })])).toEqual(["PACKAGE_NOT_ANCHORED"]);
  });
});

describe("roots of days", () => {
  const first = rootOf("2026-11-22");
  const second = rootOf("2026-11-23", { previous: digestOf(first, hash) });

  it("follow one from the other, from whatever day on they are given", () => {
    expect(checkRootsFollow([first, second], hash)).toEqual([]);
    expect(checkRootsFollow([second], hash)).toEqual([]);
  });

  it("do not where one was changed, left out, or has another day's name", () => {
    const broken = (...roots: readonly DayRoot[]) => checkRootsFollow(roots, hash).map(({ code }) => code);
    const third = rootOf("2026-11-24", { previous: digestOf(second, hash) });
    expect(broken({ ...first, entries: 9 }, second)).toEqual(["ROOTS_BROKEN"]);
    expect(broken(first, third)).toEqual(["ROOTS_BROKEN"]);
    expect(broken(first, { ...second, day: "2026-11-25" })).toEqual(["ROOTS_BROKEN"]);
  });
});
