/** Child process: reads what plates its parent's vehicles show, one vehicle after the other, and ends with its parent. */
import { answerParent } from "../pictures/answer-parent.ts";
import { type SeenVehicle, toChild } from "./vehicle-messages.ts";
import { VehiclePlateReading } from "./vehicle-plate-reading.ts";

answerParent<SeenVehicle>(async (order, tell) => {
  const { vehicles } = toChild.parse(order);
  const reading = await VehiclePlateReading.open();
  for (const [vehicle, { country, frames }] of vehicles.entries())
    await tell(await reading.look(vehicle, country, frames));
  await reading.close();
});
