import { render } from "preact";
import { Player } from "./player.tsx";

const root = document.getElementById("player");
if (root === null) throw new Error("player.html has no #player to draw in");
render(<Player />, root);
