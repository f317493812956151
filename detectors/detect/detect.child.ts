/** Child process: looks at the pictures its parent names, says what it sees, and ends with its parent. */
import { loadRoadUsers } from "../inference/road-users.ts";
import { answerParent } from "../pictures/answer-parent.ts";
import { PictureDetection } from "./detect-pictures.ts";
import { type PictureDetections, toChild } from "./messages.ts";

answerParent<PictureDetections>(async (order, tell) => {
  const { images } = toChild.parse(order);
  const detector = await loadRoadUsers({ threads: 1 });
  const detection = new PictureDetection(detector);
  for (const image of images) await tell(await detection.look(image));
  await detector.close();
});
