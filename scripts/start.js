/** `npm start`: set-up, then the main job. */
import { setUpOrExit } from "./setup.js";

await setUpOrExit({ ffmpeg: true });
const { main } = await import("../dist/api/main.js");
await main(["serve", ...process.argv.slice(2)]);
