/** All of them: every rule knocked out, and every bend. */
import { bends } from "./bends.ts";
import { handBends } from "./hand-bends.ts";
import type { Mutation } from "./mutation.ts";
import { ruleMutations } from "./rules.ts";

export const mutations = (): readonly Mutation[] => [...ruleMutations(), ...bends, ...handBends];
