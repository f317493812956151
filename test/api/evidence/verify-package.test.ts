import { cpSync, existsSync, mkdirSync, mkdtempSync, readFileSync, renameSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterAll, beforeAll, describe, expect, test } from "vitest";
import { readPublicKeys, signingKey } from "../../../api/evidence/keys.ts";
import { signText } from "../../../api/evidence/signed-text.ts";
import { verifyPackage } from "../../../api/evidence/verify-package.ts";
import { sha256 } from "../../../api/storage/sha256.ts";
import { canonicalJson } from "../../../core/evidence/canonical-json.ts";
import { sentence } from "../../../core/problems/problem.ts";
import { missing } from "../../support/peers.ts";
import { CaseLog, ffmpeg, record, sealCase, seen_ms } from "./sealed-case.ts";

describe.skipIf(missing("ffmpeg"))("a sealed package", () => {
  const root = mkdtempSync(join(tmpdir(), "greenwave-evidence-"));
  const at = (...parts: string[]): string => join(root, ...parts);
  let files: ReturnType<typeof record>;
  let copies = 0;

  beforeAll(async () => {
    mkdirSync(at("keys"));
    files = record(at("recorded"));
    await sealCase(at("sealed"), at("keys"), files);
  });
  afterAll(() => rmSync(root, { recursive: true, force: true }));

  /** A copy that may be spoiled. */
  function copy(): string {
    copies += 1;
    cpSync(at("sealed"), at(`copy-${copies}`), { recursive: true });
    return at(`copy-${copies}`);
  }

  async function codes(folder: string, keys = at("keys")): Promise<readonly string[]> {
    const known = await readPublicKeys(keys);
    if (!known.ok) throw new Error("no keys");
    const verdict = await verifyPackage(folder, known.value);
    if (!verdict.ok) return verdict.problems.map(({ code }) => code);
    for (const finding of verdict.value.findings) expect(sentence(finding)).not.toMatch(/\{\w+\}/);
    return verdict.value.findings.map(({ code }) => code);
  }

  const rewrite = (folder: string, name: string, change: (text: string) => string): void => {
    const text = readFileSync(join(folder, name), "utf8");
    const changed = change(text);
    expect(changed).not.toBe(text);
    writeFileSync(join(folder, name), changed);
  };

  test("that nobody touched is genuine", async () => {
    expect(await codes(copy())).toEqual([]);
  });

  test("is judged by the keys that were given, not by those inside", async () => {
    mkdirSync(at("other-keys"));
    await signingKey(at("other-keys"));
    expect(await codes(copy(), at("other-keys"))).toContain("SIGNED_BY_STRANGERS");
  });

  test.each(["clip.mp4", "still.png", "plate.png"])("with one byte of %s flipped is not", async (name) => {
    const folder = copy();
    const bytes = readFileSync(join(folder, name));
    const middle = Math.floor(bytes.length / 2);
    bytes[middle] = (bytes[middle] as number) ^ 1;
    writeFileSync(join(folder, name), bytes);
    expect(await codes(folder)).toContain("FILE_ALTERED");
  });

  test("with a byte of one picture changed names that picture", async () => {
    const folder = copy();
    const bytes = readFileSync(join(folder, "clip.mp4"));
    const start = bytes.indexOf("mdat") + 2000;
    bytes[start] = (bytes[start] as number) ^ 1;
    writeFileSync(join(folder, "clip.mp4"), bytes);
    expect(await codes(folder)).toEqual(["FILE_ALTERED", "FRAMES_ALTERED"]);
  });

  test("with pictures dropped names how many and which", async () => {
    const folder = copy();
    ffmpeg("-i", at("sealed", "clip.mp4"), "-c", "copy", "-frames:v", "30", join(folder, "clip.mp4"));
    expect(await codes(folder)).toEqual(["FILE_ALTERED", "FRAMES_DROPPED"]);
  });

  test("with a picture in the middle dropped, moved or put in is told from one another", async () => {
    const drop = copy();
    ffmpeg("-i", at("sealed", "clip.mp4"), "-c", "copy", "-bsf:v", "noise=drop='eq(n,30)'", join(drop, "clip.mp4"));
    expect(await codes(drop)).toEqual(["FILE_ALTERED", "FRAMES_DROPPED"]);

    // The two keyframe groups the other way round, and one of them twice.
    const [first, second] = [at("first.mp4"), at("second.mp4")];
    ffmpeg("-i", at("sealed", "clip.mp4"), "-c", "copy", "-frames:v", "25", first);
    ffmpeg("-ss", "1", "-i", at("sealed", "clip.mp4"), "-c", "copy", second);
    const joined = async (...parts: string[]): Promise<readonly string[]> => {
      const folder = copy();
      writeFileSync(at("list.txt"), parts.map((part) => `file '${part}'\n`).join(""));
      ffmpeg("-f", "concat", "-safe", "0", "-i", at("list.txt"), "-c", "copy", join(folder, "clip.mp4"));
      return codes(folder);
    };
    expect(await joined(second, first)).toContain("FRAMES_REORDERED");
    expect(await joined(first, first, second)).toContain("FRAMES_INSERTED");
  });

  test("with a clip that is no clip any more says so", async () => {
    const folder = copy();
    writeFileSync(join(folder, "clip.mp4"), "not a clip");
    expect(await codes(folder)).toEqual(["FILE_ALTERED", "FRAMES_UNREADABLE"]);
  });

  test("with one field of the manifest changed is not genuine", async () => {
    const folder = copy();
    rewrite(folder, "manifest.json", (text) => text.replace("43A12345", "43A12346"));
    expect(await codes(folder)).toEqual(["MANIFEST_ALTERED", "MANIFEST_OF_OTHER_CASE"]);
  });

  test("with another layout of the same manifest is not either", async () => {
    const folder = copy();
    rewrite(folder, "manifest.json", (text) => text.replace(":", ": "));
    expect(await codes(folder)).toEqual(["MANIFEST_UNREADABLE"]);
  });

  test("with a manifest and a hash that fit each other still lacks the signature", async () => {
    const folder = copy();
    rewrite(folder, "manifest.json", (text) => text.replace("43A12345", "43A12346"));
    const hash = sha256(readFileSync(join(folder, "manifest.json"), "utf8"));
    rewrite(folder, "manifest.sig.json", (text) =>
      text.replace(/"manifest_sha256":"\w+"/, `"manifest_sha256":"${hash}"`),
    );
    expect(await codes(folder)).toContain("SIGNATURE_WRONG");
  });

  test("with a signature spelled otherwise is not genuine, whatever it decodes to", async () => {
    const spelled = copy();
    // The last sign before the padding holds two bits of the signature and four that decode to nothing.
    rewrite(spelled, "manifest.sig.json", (text) =>
      text.replace(/([AQgw])==/, (_, sign: string) => `${String.fromCharCode(sign.charCodeAt(0) + 1)}==`),
    );
    expect(await codes(spelled)).toEqual(["SIGNATURE_WRONG"]);

    const laidOut = copy();
    rewrite(laidOut, "custody.sig.json", (text) => `${text}\n`);
    expect(await codes(laidOut)).toEqual(["CUSTODY_UNREADABLE"]);

    const unended = copy();
    rewrite(unended, "custody.jsonl", (text) => text.slice(0, -1));
    expect(await codes(unended)).toEqual(["CUSTODY_UNREADABLE"]);
  });

  test("with the crop and the still swapped says which is which", async () => {
    const folder = copy();
    renameSync(join(folder, "plate.png"), join(folder, "x"));
    renameSync(join(folder, "still.png"), join(folder, "plate.png"));
    renameSync(join(folder, "x"), join(folder, "still.png"));
    expect(await codes(folder)).toEqual(["FILES_SWAPPED", "FILES_SWAPPED"]);
  });

  test("with a file removed or added says so", async () => {
    const folder = copy();
    rmSync(join(folder, "plate.png"));
    writeFileSync(join(folder, "more.png"), "x");
    expect(await codes(folder)).toEqual(["FILE_GONE", "FILE_ADDED"]);
  });

  test("with an entry of the log deleted, changed or cut off says so", async () => {
    const without = copy();
    rewrite(without, "custody.jsonl", (text) => text.split("\n").slice(1).join("\n"));
    expect(await codes(without)).toEqual(["CUSTODY_ROW_DELETED"]);

    const changed = copy();
    rewrite(changed, "custody.jsonl", (text) => text.replace('"kind":"detected"', '"kind":"defected"'));
    expect(await codes(changed)).toEqual(["CUSTODY_ROW_ALTERED"]);

    const cut = copy();
    rewrite(cut, "custody.jsonl", (text) => `${text.split("\n")[0]}\n`);
    expect(await codes(cut)).toEqual(["CUSTODY_CUT"]);
  });

  test("with an older manifest put back says which edition was sealed later", async () => {
    const log = new CaseLog();
    await sealCase(at("edition-1"), at("keys"), files, log, 1);
    await sealCase(at("edition-2"), at("keys"), files, log, 2);
    expect(await codes(at("edition-2"))).toEqual([]);
    for (const name of ["manifest.json", "manifest.sig.json"]) {
      cpSync(at("edition-1", name), at("edition-2", name));
    }
    expect(await codes(at("edition-2"))).toEqual(["MANIFEST_REPLAYED"]);
  });

  test("sealed by a clock that was set back says so", async () => {
    const folder = copy();
    const key = await signingKey(at("keys"));
    const log = new CaseLog();
    log.append("detected", {}, seen_ms + 9000);
    rewrite(folder, "manifest.json", (text) => text.replace(/"sealed_at_ms":\d+/, `"sealed_at_ms":${seen_ms - 1}`));
    const hash = sha256(readFileSync(join(folder, "manifest.json"), "utf8"));
    const body = { case_id: "da-nang-2026-11-22-0001", edition: 1, manifest_sha256: hash };
    const entries = log.append("sealed", body, seen_ms - 1);
    const last = entries.at(-1) as (typeof entries)[number];
    const tail = { seq: last.seq, hash: last.hash };
    const write = (name: string, value: unknown): void => writeFileSync(join(folder, name), canonicalJson(value));
    write("manifest.sig.json", { version: 1, manifest_sha256: hash, signatures: signText(hash, [key]) });
    writeFileSync(join(folder, "custody.jsonl"), entries.map((entry) => `${canonicalJson(entry)}\n`).join(""));
    write("custody.sig.json", { version: 1, tail, signatures: signText(canonicalJson(tail), [key]) });
    expect(await codes(folder)).toEqual(["CLOCK_SET_BACK", "CLOCK_SET_BACK"]);
  });

  test("whose clip cannot be read is not made, and leaves nothing behind", async () => {
    writeFileSync(at("broken.mp4"), "not a clip");
    const broken = files.map((file) => (file.role === "clip" ? { ...file, path: at("broken.mp4") } : file));
    await expect(sealCase(at("never"), at("keys"), broken)).rejects.toThrow("VIDEO_UNREADABLE");
    expect(existsSync(at("never"))).toBe(false);
    expect(existsSync(at("never.part"))).toBe(false);
  });

  test("does not take the place of one that is there", async () => {
    const before = readFileSync(at("sealed", "manifest.json"), "utf8");
    await expect(sealCase(at("sealed"), at("keys"), files)).rejects.toThrow();
    expect(readFileSync(at("sealed", "manifest.json"), "utf8")).toBe(before);
  });

  test("needs keys that are keys", async () => {
    writeFileSync(at("bad.pem"), "-----BEGIN PUBLIC KEY-----\nAAAA\n-----END PUBLIC KEY-----\n");
    mkdirSync(at("no-keys"));
    for (const path of [at("bad.pem"), at("nowhere.pem"), at("keys", "signing-key.pem"), at("no-keys")]) {
      expect((await readPublicKeys(path)).ok).toBe(false);
    }
  });
});
