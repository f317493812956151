/** What the bench and its street of virtual controllers say to each other. */
import type { V3User } from "../../controllers/index.ts";

export type StreetOrder =
  | { readonly kind: "start"; readonly count: number; readonly user: V3User }
  | { readonly kind: "lose"; readonly share: number };

export type StreetWord =
  | { readonly kind: "listening" }
  | { readonly kind: "ready"; readonly ports: readonly number[] }
  | { readonly kind: "trips"; readonly trips: readonly string[] };
