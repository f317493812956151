/** A small neural network as a learner, by TensorFlow.js: its build for Node where that is installed, else the plain one. */
import type { Examples, Learned, Learner } from "../../core/ports/learner.ts";

type TensorFlow = typeof import("@tensorflow/tfjs");

const hidden = 16;
const epochs = 12;
const batchSize = 64;
const learningRate = 0.005;
/** More examples teach little more and take longer. */
const most = 20_000;

async function tensorFlow(): Promise<TensorFlow | null> {
  for (const name of ["@tensorflow/tfjs-node", "@tensorflow/tfjs"]) {
    try {
      return (await import(name)) as TensorFlow;
    } catch {
      // Not installed, or built for another machine: the next one, or none.
    }
  }
  return null;
}

/** Every so many-th example in an order that mixes weeks and lanes, the same at every run. */
function mixed({ inputs, targets, width }: Examples): Examples {
  const count = Math.min(most, targets.length);
  const [x, y] = [new Float32Array(count * width), new Float32Array(count)];
  // A stride that shares no factor with the number of examples meets each of them once.
  let stride = Math.max(1, Math.floor(0.618 * targets.length));
  while (commonFactor(stride, targets.length) > 1) stride += 1;
  for (let to = 0, from = 0; to < count; to += 1, from = (from + stride) % targets.length) {
    x.set(inputs.subarray(from * width, (from + 1) * width), to * width);
    y[to] = targets[from] as number;
  }
  return { inputs: x, width, targets: y };
}

const commonFactor = (a: number, b: number): number => (b === 0 ? a : commonFactor(b, a % b));

async function learnWith(tf: TensorFlow, examples: Examples): Promise<Learned> {
  const { inputs, targets, width } = mixed(examples);
  const model = tf.sequential();
  const kernel = (seed: number) => tf.initializers.glorotUniform({ seed });
  model.add(tf.layers.dense({ inputShape: [width], units: hidden, activation: "tanh", kernelInitializer: kernel(1) }));
  model.add(tf.layers.dense({ units: 1, kernelInitializer: kernel(2) }));
  model.compile({ optimizer: tf.train.adam(learningRate), loss: "meanAbsoluteError" });
  const [x, y] = [tf.tensor2d(inputs, [targets.length, width]), tf.tensor2d(targets, [targets.length, 1])];
  await model.fit(x, y, { epochs, batchSize, shuffle: false, verbose: 0 });
  tf.dispose([x, y]);
  return (asked) =>
    tf.tidy(() => {
      if (asked.length === 0) return new Float32Array(0);
      const said = model.predict(
        tf.tensor2d(asked, [asked.length / width, width]),
      ) as import("@tensorflow/tfjs").Tensor;
      return Float32Array.from(said.dataSync());
    });
}

/** Null where TensorFlow.js is not installed. */
export async function networkLearner(): Promise<Learner | null> {
  const tf = await tensorFlow();
  return tf === null ? null : { learn: (examples) => learnWith(tf, examples) };
}
