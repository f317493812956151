/** Child process: reads the plates of the pictures its parent names, and ends with its parent. */
import { answerParent } from "../pictures/answer-parent.ts";
import { type PicturePlates, toChild } from "./messages.ts";
import { PicturePlateReading } from "./picture-plates.ts";

answerParent<PicturePlates>(async (order, tell) => {
  const { images, country } = toChild.parse(order);
  const reading = await PicturePlateReading.open(country);
  for (const image of images) await tell(await reading.look(image));
  await reading.close();
});
