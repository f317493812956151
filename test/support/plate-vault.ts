/** A vault with a key of its own that nobody keeps: plates are really encrypted and really marked. */
import { createCipheriv, createDecipheriv, createHmac, randomBytes } from "node:crypto";
import type { PlateVault } from "../../core/ports/plate-vault.ts";

const IV = 12;
const TAG = 16;

export function memoryVault(): PlateVault {
  const key = randomBytes(32);
  const mark = (text: string): string => createHmac("sha256", key).update(text, "utf8").digest("hex");
  return {
    conceal: (text) => {
      const iv = randomBytes(IV);
      const cipher = createCipheriv("aes-256-gcm", key, iv);
      const hidden = Buffer.concat([cipher.update(text, "utf8"), cipher.final()]);
      return Buffer.concat([iv, cipher.getAuthTag(), hidden]).toString("base64");
    },
    reveal: (concealed) => {
      const bytes = Buffer.from(concealed, "base64");
      const decipher = createDecipheriv("aes-256-gcm", key, bytes.subarray(0, IV));
      decipher.setAuthTag(bytes.subarray(IV, IV + TAG));
      return Buffer.concat([decipher.update(bytes.subarray(IV + TAG)), decipher.final()]).toString("utf8");
    },
    mark,
    marks: (text) => [mark(text)],
  };
}
