/** Child process: makes the redacted copies its parent asks for, and ends with its parent. */
import { ok, type Result } from "../../core/problems/problem.ts";
import { answerParent, type Tell } from "../pictures/answer-parent.ts";
import { ClipRedaction } from "./clip-redaction.ts";
import { type ClipOrder, type PicturesOrder, type Step, toChild } from "./messages.ts";
import { PictureEye } from "./picture-eye.ts";
import { redactPicture } from "./picture-redaction.ts";

/** The programs that we run end before we do. */
const stop = new AbortController();
process.once("SIGTERM", () => stop.abort());

async function redactPictures({ pictures }: PicturesOrder, eye: PictureEye, tell: Tell<Step>): Promise<void> {
  let [done, blurred] = [0, 0];
  for (const [index, each] of pictures.entries()) {
    if (stop.signal.aborted) return;
    const erased = await redactPicture(eye, each);
    if (erased.ok) {
      done++;
      blurred += erased.value;
    }
    const step: Step = { share: (index + 1) / pictures.length, pictures: done, blurred };
    await tell(erased.ok ? ok(step) : erased);
  }
}

async function redactClip(order: ClipOrder, eye: PictureEye, tell: Tell<Step>): Promise<void> {
  const redaction = new ClipRedaction(
    order,
    eye,
    stop.signal,
    (share) => void tell(ok({ share, pictures: 0, blurred: 0 })),
  );
  const done: Result<Omit<Step, "share">> = await redaction.run();
  // What a program says of being ended is no fault of the clip.
  if (stop.signal.aborted) return;
  await tell(done.ok ? ok({ share: 1, ...done.value }) : done);
}

answerParent<Step>(async (message, tell) => {
  const order = toChild.parse(message);
  const eye = await PictureEye.open();
  await (order.kind === "pictures" ? redactPictures(order, eye, tell) : redactClip(order, eye, tell));
  await eye.close();
  if (stop.signal.aborted) process.exit(1);
});
