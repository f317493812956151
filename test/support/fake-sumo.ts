/** A command `sumo` that listens as SUMO does and then goes wrong in one of the ways that SUMO can. */
import { chmod, mkdtemp, rm, writeFile } from "node:fs/promises";
import { tmpdir } from "node:os";
import { delimiter, join } from "node:path";

const script = `#!/usr/bin/env node
const way = process.env.FAKE_SUMO;
if (way === "fails") {
  process.stderr.write("Error: The network holds no edges.\\nQuitting (on error).\\n");
  process.exit(1);
}
const text = (words) => {
  const bytes = Buffer.from(words);
  const length = Buffer.alloc(4);
  length.writeInt32BE(bytes.length);
  return Buffer.concat([length, bytes]);
};
const message = (...parts) => {
  const length = Buffer.alloc(4);
  length.writeInt32BE(4 + parts.reduce((sum, part) => sum + part.length, 0));
  return Buffer.concat([length, ...parts]);
};
const version = (api) => {
  const head = Buffer.from([0, 0, 0, 0, 0, 0]);
  const number = Buffer.alloc(4);
  number.writeInt32BE(api);
  return message(Buffer.from([7, 0, 0]), text(""), head, number, text("SUMO of long ago"));
};
const answers = {
  old: () => version(18),
  refuses: () => message(Buffer.from([7, 0, 255]), text("nothing is known of that")),
  cut: () => message(Buffer.from([7, 0, 0, 0])),
  huge: () => Buffer.from([127, 255, 255, 255, 0]),
};
require("node:net").createServer((socket) => {
  socket.on("error", () => undefined);
  socket.on("data", () => {
    if (way === "ends") process.exit(0);
    if (way !== "silent") socket.write(answers[way]());
  });
}).listen(Number(process.argv[process.argv.indexOf("--remote-port") + 1]), "127.0.0.1");
`;

export type Way = "fails" | "old" | "refuses" | "cut" | "huge" | "ends" | "silent";

/** Puts it first on the path while `work` runs. */
export async function withFakeSumo<T>(way: Way, work: () => Promise<T>): Promise<T> {
  const folder = await mkdtemp(join(tmpdir(), "fake-sumo-"));
  const { PATH: path } = process.env;
  await writeFile(join(folder, "sumo"), script);
  await chmod(join(folder, "sumo"), 0o755);
  process.env["PATH"] = `${folder}${delimiter}${path}`;
  process.env["FAKE_SUMO"] = way;
  try {
    return await work();
  } finally {
    process.env["PATH"] = path;
    delete process.env["FAKE_SUMO"];
    await rm(folder, { recursive: true });
  }
}
