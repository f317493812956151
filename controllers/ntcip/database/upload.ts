/** Reads the whole database of a device into one document. Some 200 requests on common firmware; about a second. */
import { failed, ok, problem, type Result } from "../../../core/problems/problem.ts";
import { cell } from "../cells.ts";
import { integerAt, textAt } from "../readings.ts";
import { readSizes } from "../sizes.ts";
import type { SnmpLink } from "../snmp-link.ts";
import { parameterCells, parametersFrom } from "./cells-of.ts";
import type { DatabaseDocument } from "./document.ts";

const IDENTITY = [cell("moduleMake", 1), cell("moduleModel", 1), cell("moduleVersion", 1)] as const;
const CHECKSUM = cell("globalSetIDParameter");

/** Fails with DEVICE_CHANGED_MEANWHILE when somebody edits the device while it is read: half old, half new is no document. */
export async function uploadDatabase(link: SnmpLink, controller: string): Promise<Result<DatabaseDocument>> {
  const sizes = await readSizes(link);
  if (!sizes.ok) return sizes;
  const before = await link.read([CHECKSUM, ...IDENTITY]);
  if (!before.ok) return before;
  const readings = await link.read(parameterCells(sizes.value));
  if (!readings.ok) return readings;
  const after = await link.read([CHECKSUM]);
  if (!after.ok) return after;
  const checksum = integerAt(before.value, CHECKSUM);
  if (integerAt(after.value, CHECKSUM) !== checksum) return failed(problem("DEVICE_CHANGED_MEANWHILE", { controller }));
  const [make, model, version] = IDENTITY.map((at) => textAt(before.value, at).trim());
  return ok({
    kind: "ntcip-1202-database",
    version: 1,
    controller,
    device: { make: make ?? "", model: model ?? "", version: version ?? "", sizes: { ...sizes.value } },
    checksum,
    ...parametersFrom(readings.value, sizes.value),
  });
}
