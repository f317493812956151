/** What data sets call road users, and what we call them. */
import { failed, ok, problem, type Result } from "../../../core/problems/problem.ts";
import { type VehicleClass, vehicleClasses } from "../../../core/traffic/vehicle-class.ts";

/** Other names that are common in labelled pictures: COCO's, VisDrone's, UA-DETRAC's and Vietnamese ones. */
const otherNames: Readonly<Record<string, VehicleClass>> = {
  person: "pedestrian",
  people: "pedestrian",
  walker: "pedestrian",
  motorbike: "motorcycle",
  motor: "motorcycle",
  scooter: "motorcycle",
  xe_may: "motorcycle",
  bike: "bicycle",
  cyclist: "bicycle",
  xe_dap: "bicycle",
  van: "car",
  taxi: "car",
  minibus: "bus",
  o_to: "car",
  xe_hoi: "car",
  xe_buyt: "bus",
  lorry: "truck",
  xe_tai: "truck",
};

/** Without marks and in one spelling: "Xe máy" and "xe-may" are one name. */
const plain = (name: string): string =>
  name
    .normalize("NFD")
    .replaceAll(/\p{M}/gu, "")
    .replaceAll(/[Đđ]/g, "d")
    .trim()
    .toLowerCase()
    .replaceAll(/[\s-]+/g, "_");

/** Our class for a data set's, or undefined for what we do not count. */
export type ClassNames = (theirs: string) => VehicleClass | undefined;

/** `said`: `theirs=ours` pairs that outweigh what is known. Fails with TRAINING_CLASS_UNKNOWN. */
export function classNames(said: readonly string[]): Result<ClassNames> {
  const pairs = new Map<string, VehicleClass>();
  for (const each of said) {
    const [theirs = "", ours = ""] = each.split("=");
    const known = vehicleClasses.find((name) => name === ours);
    if (theirs === "" || known === undefined) {
      return failed(problem("TRAINING_CLASS_UNKNOWN", { said: each, known: vehicleClasses.join(", ") }));
    }
    pairs.set(plain(theirs), known);
  }
  return ok((theirs) => {
    const name = plain(theirs);
    return pairs.get(name) ?? vehicleClasses.find((each) => each === name) ?? otherNames[name];
  });
}
