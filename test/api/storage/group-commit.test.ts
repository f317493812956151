import { describe, expect, it } from "vitest";
import { GroupCommit } from "../../../api/storage/group-commit.ts";
import { ProblemError } from "../../../core/problems/problem.ts";

/** A store whose commits end when the test says so. */
function gate() {
  const commits: (readonly number[])[] = [];
  const open: (() => void)[] = [];
  const commit = (rows: readonly number[]) =>
    new Promise<void>((done, refused) => {
      commits.push(rows);
      open.push(() => (rows.includes(-1) ? refused(new Error("row -1")) : done()));
    });
  const settle = async () => {
    await new Promise(setImmediate);
    open.shift()?.();
    await new Promise(setImmediate);
  };
  return { commits, commit, settle };
}

const codeOf = (error: unknown) => (error as ProblemError).problems.map(({ code }) => code);

describe("group commit", () => {
  it("puts what waits into one commit, and what arrives meanwhile into the next", async () => {
    const { commits, commit, settle } = gate();
    const writer = new GroupCommit({ commit, waitingRows: 100, commitRows: 50 });
    const first = [writer.append([1]), writer.append([2, 3])];
    await new Promise(setImmediate);
    const second = [writer.append([4]), writer.append([5])];
    expect(commits).toEqual([[1, 2, 3]]);
    await settle();
    await Promise.all(first);
    expect(commits).toEqual([
      [1, 2, 3],
      [4, 5],
    ]);
    await settle();
    await Promise.all(second);
    expect(writer.waiting).toBe(0);
  });

  it("resolves an append only after its commit", async () => {
    const { commit, settle } = gate();
    const writer = new GroupCommit({ commit, waitingRows: 100, commitRows: 50 });
    let durable = false;
    const append = writer.append([1]).then(() => {
      durable = true;
    });
    await new Promise(setImmediate);
    expect(durable).toBe(false);
    await settle();
    await append;
    expect(durable).toBe(true);
  });

  it("does not let a commit grow above its size, but takes one larger append whole", async () => {
    const { commits, commit, settle } = gate();
    const writer = new GroupCommit({ commit, waitingRows: 100, commitRows: 3 });
    const appends = [writer.append([1, 2]), writer.append([3, 4]), writer.append([5, 6, 7, 8])];
    for (let i = 0; i < 3; i += 1) await settle();
    await Promise.all(appends);
    expect(commits).toEqual([
      [1, 2],
      [3, 4],
      [5, 6, 7, 8],
    ]);
  });

  it("refuses rows above its bound and says how many wait", async () => {
    const { commit, settle } = gate();
    const writer = new GroupCommit({ commit, waitingRows: 3, commitRows: 50 });
    const taken = writer.append([1, 2]);
    const refused = await writer.append([3, 4]).catch((error: unknown) => error);
    expect(refused).toBeInstanceOf(ProblemError);
    expect(codeOf(refused)).toEqual(["STORAGE_BUSY"]);
    expect(writer.waiting).toBe(2);
    await settle();
    await taken;
  });

  it("tries each append alone when a common commit fails, so that one bad row costs only its own", async () => {
    const { commits, commit, settle } = gate();
    const writer = new GroupCommit({ commit, waitingRows: 100, commitRows: 50 });
    const good = writer.append([1]);
    const bad = writer.append([-1]).catch((error: unknown) => error);
    for (let i = 0; i < 3; i += 1) await settle();
    await good;
    expect(await bad).toEqual(new Error("row -1"));
    expect(commits).toEqual([[1, -1], [1], [-1]]);
    expect(writer.waiting).toBe(0);
  });

  it("finishes what it took before it is closed, and takes nothing more", async () => {
    const { commit, settle } = gate();
    const writer = new GroupCommit({ commit, waitingRows: 100, commitRows: 50 });
    const taken = writer.append([1]);
    const closed = writer.close();
    expect(codeOf(await writer.append([2]).catch((error: unknown) => error))).toEqual(["STORAGE_CLOSED"]);
    await settle();
    await Promise.all([taken, closed]);
  });
});
