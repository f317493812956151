/** Inference alone: one session on one thread, the same picture again and again, and nothing around it. */
import { readFile } from "node:fs/promises";
import { Tensor } from "onnxruntime-node";
import { createSession } from "../../detectors/inference/session.ts";
import { Tally } from "./tally.ts";

const [file = "", width = "", height = ""] = process.argv.slice(2);
let wanted = true;
process.on("SIGTERM", () => {
  wanted = false;
});

const session = await createSession(await readFile(file), 1, file);
const [input = ""] = session.inputNames;
const values = Float32Array.from({ length: 3 * Number(width) * Number(height) }, (_, i) => Math.sin(i));
const feeds = { [input]: new Tensor("float32", values, [1, 3, Number(height), Number(width)]) };
const tally = new Tally();
while (wanted) {
  await session.run(feeds);
  tally.add(1);
}
tally.end();
await session.release();
