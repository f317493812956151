import { render } from "preact";
import { Desk } from "./desk.tsx";

const root = document.getElementById("desk");
if (root === null) throw new Error("desk.html has no #desk to draw in");
render(<Desk />, root);
