/** The token of the first admin goes where only whoever runs the service can read it. */
import { rm, writeFile } from "node:fs/promises";
import { join } from "node:path";
import type { Logger } from "pino";
import type { Accounts } from "./accounts.ts";

const fileName = "first-admin-token";

/** A new one at each start, until there is an account; then the file of the last one is removed. */
export async function offerFirstToken(accounts: Accounts, dataDir: string, log: Logger): Promise<void> {
  const file = join(dataDir, fileName);
  await rm(file, { force: true });
  const token = await accounts.firstToken();
  if (token === null) return;
  await writeFile(file, `${token}\n`, { mode: 0o600 });
  log.info({ file }, "no account yet: the token in this file makes the first administrator");
}
