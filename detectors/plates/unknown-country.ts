/** The refusal of a country whose plates nobody described here. */
import { placeNames } from "../../core/plates/countries/regions.ts";
import { type Problem, problem } from "../../core/problems/problem.ts";

export const unknownCountry = (country: string): Problem =>
  problem("PLATE_COUNTRY_UNKNOWN", { country, known: placeNames.join(", ") });
