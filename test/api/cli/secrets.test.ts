import { Readable } from "node:stream";
import { afterEach, describe, expect, it } from "vitest";
import { runCommandLine } from "../../../api/cli/run.ts";
import { secretsVerb } from "../../../api/cli/secrets.ts";
import { DataFolders, opened } from "../../support/data-folder.ts";

const folders = new DataFolders();
const stdin = Object.getOwnPropertyDescriptor(process, "stdin");
afterEach(async () => {
  if (stdin !== undefined) Object.defineProperty(process, "stdin", stdin);
  await folders.remove();
});

describe("greenwave secrets", () => {
  it("puts who did what with whose secret into the audit before it is done, and never the secret", async () => {
    const dataDir = await folders.withDatabase();
    let said = "";
    const hear = (text: string): void => {
      said += text;
    };
    const secrets = (...args: readonly string[]) => {
      Object.defineProperty(process, "stdin", {
        configurable: true,
        value: Readable.from(["a-community-nobody-knows\n"]),
      });
      const terminal = { out: hear, err: hear };
      const line = ["secrets", ...args, "--data", dataDir];
      return runCommandLine([secretsVerb], "test", line, terminal, new AbortController().signal);
    };
    expect(await secrets("set", "cabinet", "write", "--reason", "the yearly change")).toBe(0);
    expect(await secrets("rotate")).toBe(0);
    expect(await secrets("remove", "cabinet", "read")).toBe(1);
    expect(await secrets("remove", "cabinet", "write")).toBe(0);
    const storage = await opened(dataDir);
    const audit = await storage.audit.recent({ limit: 9 });
    expect(audit.map(({ action, subject, purpose, from }) => [action, subject, purpose, from])).toEqual([
      ["secret.removed", "cabinet/write", null, "command line"],
      ["secret.rotated", null, null, "command line"],
      ["secret.set", "cabinet/write", "the yearly change", "command line"],
    ]);
    expect(audit[0]?.by).toMatch(/^\(command line: /);
    expect(said + JSON.stringify(audit)).not.toContain("nobody-knows");
    await storage.close();
  });
});
