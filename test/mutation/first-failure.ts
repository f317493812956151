/** One test that fails has noticed the mutation: the others of its file need not run. */
import { beforeEach, onTestFailed } from "vitest";

let noticed = false;

beforeEach((context) => {
  if (noticed) context.skip();
  onTestFailed(() => {
    noticed = true;
  });
});
