/** Redacts picture files one after the other. Runs in the redaction process. */
import { rename, rm } from "node:fs/promises";
import { extname } from "node:path";
import sharp, { type FormatEnum } from "sharp";
import { failed, ok, problem, type Result } from "../../core/problems/problem.ts";
import { type Picture, readPicture } from "../detect/picture.ts";
import { inPixels } from "../picture-box.ts";
import { erase } from "./erase.ts";
import type { PicturesOrder } from "./messages.ts";
import type { PictureEye } from "./picture-eye.ts";
import { privateRegions } from "./private-regions.ts";
import type { Box } from "./region.ts";

type Order = PicturesOrder["pictures"][number];

/** How many regions were erased. Fails with PICTURE_MISSING, PICTURE_UNREADABLE or REDACTION_UNWRITABLE. */
export async function redactPicture(eye: PictureEye, order: Order): Promise<Result<number>> {
  const read = await readPicture(order.in);
  if (!read.ok) return read;
  const regions = await regionsIn(eye, read.value, order.subject && inPixels(order.subject, read.value));
  const written = await writeRedacted(read.value, regions, order.out);
  return written.ok ? ok(regions.length) : written;
}

/** What of a single picture is private, as one thorough look finds it. */
export async function regionsIn(eye: PictureEye, picture: Picture, subject: Box | null): Promise<Box[]> {
  const seen = await eye.look(picture, true);
  return privateRegions(
    seen.map((user) => ({ ...user, plates: user.plates ?? [], slack_px: 0 })),
    subject,
  );
}

const formats: Readonly<Record<string, keyof FormatEnum>> = { ".png": "png", ".webp": "webp" };

/**
 * Erases in `picture` itself and writes it. Metadata is left behind: a camera's own small picture in it would show what was
 * erased. Fails with REDACTION_UNWRITABLE.
 */
export async function writeRedacted(picture: Picture, regions: readonly Box[], out: string): Promise<Result<void>> {
  const { rgb: bytes, width, height } = picture;
  for (const box of regions) erase({ bytes, width, height, channels: 3 }, box);
  const partial = `${out}.part`;
  try {
    await sharp(bytes, { raw: { width, height, channels: 3 } })
      .toFormat(formats[extname(out).toLowerCase()] ?? "jpeg", { quality: 90 })
      .toFile(partial);
    await rename(partial, out);
    return ok(undefined);
  } catch (cause) {
    await rm(partial, { force: true });
    const reason = cause instanceof Error ? (cause.message.split("\n")[0] ?? "") : String(cause);
    return failed(problem("REDACTION_UNWRITABLE", { file: out, reason }));
  }
}
