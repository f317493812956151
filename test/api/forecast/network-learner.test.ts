import { expect, it } from "vitest";
import { networkLearner } from "../../../api/forecast/network-learner.ts";
import { Seeded } from "../../support/seeded.ts";

it("a network learns what is bent, which no smoothing follows, and learns it the same every time", async () => {
  const learner = await networkLearner();
  if (learner === null) throw new Error("TensorFlow.js is a dependency");
  const random = new Seeded(7);
  const count = 3000;
  const inputs = Float32Array.from({ length: 2 * count }, () => random.between(-1, 1));
  const bent = (a: number, b: number): number => Math.abs(a) - 0.5 * b;
  const targets = Float32Array.from({ length: count }, (_, at) => bent(inputs[2 * at] ?? 0, inputs[2 * at + 1] ?? 0));
  const asked = Float32Array.from([0.8, 0, -0.8, 0, 0, 0.6]);
  const learned = await learner.learn({ inputs, width: 2, targets });
  const said = learned(asked);
  for (const [at, expected] of [0.8, 0.8, -0.3].entries())
    expect(Math.abs((said[at] ?? 9) - expected)).toBeLessThan(0.15);
  const again = await learner.learn({ inputs, width: 2, targets });
  expect([...again(asked)]).toEqual([...said]);
});
