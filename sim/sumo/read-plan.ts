/** Signal programs from an additional file (`.add.xml`), as tools write them. */
import { ok, type Result } from "../../core/problems/problem.ts";
import type { SignalProgram } from "../network/road-network.ts";
import { ProgramReader } from "./read-programs.ts";
import { readXml } from "./xml.ts";

export async function readPlan(
  file: string,
  chunks: AsyncIterable<string> | Iterable<string>,
): Promise<Result<readonly SignalProgram[]>> {
  const programs: SignalProgram[] = [];
  const reader = new ProgramReader(file, programs);
  const read = await readXml(file, chunks, "additional", {
    open: (element) => void reader.take(element),
    close: (name) => reader.closed(name),
  });
  return read.ok ? ok(programs) : read;
}
