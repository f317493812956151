/** Properties try the same cases at every run, so that a change is judged and not chance; a campaign draws new ones. */
import fc from "fast-check";

const SEED = 20_261_122;

if (process.env["GREENWAVE_CAMPAIGN"] !== "full") fc.configureGlobal({ seed: SEED });
// On a mutated source a property that fails has done its work: nobody reads its smallest case.
if (process.env["GREENWAVE_MUTANTS"] !== undefined) {
  fc.configureGlobal({ ...fc.readConfigureGlobal(), endOnFailure: true });
}
