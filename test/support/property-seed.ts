/** Properties try the same cases at every run, so that a change is judged and not chance; a campaign draws new ones. */
import fc from "fast-check";

const SEED = 20_261_122;

if (process.env["GREENWAVE_CAMPAIGN"] !== "full") fc.configureGlobal({ seed: SEED });
