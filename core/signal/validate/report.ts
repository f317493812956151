import type { Problem, ProblemWords } from "../../problems/problem.ts";

/** Makes a problem of the intersection in question; `path` is relative to the document under test. */
export type Report = (code: Problem["code"], path: string, words: ProblemWords) => Problem;
