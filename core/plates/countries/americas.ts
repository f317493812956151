/**
 * Plates of Brazil and of the states of the United States. Brazil: the forms of CONTRAN's resolutions before and since
 * Mercosul (2018). United States: the shapes of the states' standard passenger plates as publicly described, weighted by
 * fleet; personalised plates without a digit are not among them. Shares only break ties.
 */
import { type CountryGrammar, digit, letter, letters, type PlateFormat, type PlateLayout, shape } from "../format.ts";

const both: readonly PlateLayout[] = ["one-line", "two-line"];

export const brazil: CountryGrammar = {
  country: "br",
  formats: [
    { id: "before-mercosul", slots: shape("AAA####"), layouts: both, breaksAfter: [1], strip: "never", share: 0.5 },
    {
      // A plate from before keeps its signs but the second digit, of which 0 becomes A, and 9 J.
      id: "mercosul-converted",
      slots: [...shape("AAA#"), letters(1, 1, "ABCDEFGHIJ"), ...shape("##")],
      layouts: both,
      breaksAfter: [1],
      strip: "always",
      share: 0.2,
    },
    { id: "mercosul", slots: shape("AAA#A##"), layouts: both, breaksAfter: [1], strip: "always", share: 0.3 },
  ],
};

const shapes: readonly (readonly [string, number])[] = [
  ["AAA####", 0.38],
  ["#AAA###", 0.14],
  ["AAA###", 0.1],
  ["###AAA", 0.07],
  ["AAAA##", 0.06],
  ["AA#####", 0.04],
  ["A##AAA", 0.03],
  ["AAA##A", 0.02],
  ["#AA####", 0.02],
  ["#AA###", 0.01],
  ["#AAA##", 0.015],
  ["AA#A#A", 0.015],
  ["A######", 0.01],
  ["A#####", 0.01],
  ["A###AA", 0.01],
  ["AA####", 0.01],
  ["####AA", 0.01],
  ["##A####", 0.005],
  ["##A###", 0.005],
  ["###A##", 0.005],
  ["######A", 0.005],
  ["#######", 0.005],
  ["######", 0.005],
];

const loose: PlateFormat = {
  id: "loose",
  slots: [{ kind: "run", symbols: digit + letter, least: 5, most: 7 }],
  layouts: ["one-line"],
  share: 0.02,
};

export const unitedStates: CountryGrammar = {
  country: "us",
  formats: [
    ...shapes.map(([form, share]): PlateFormat => {
      return { id: form.toLowerCase(), slots: shape(form), layouts: ["one-line"], share };
    }),
    loose,
  ],
};
