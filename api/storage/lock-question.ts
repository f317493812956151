/** Asks the process behind a lock socket what it is. */
import { connect } from "node:net";

export type ContenderState = "asking" | "owner";

/** A process too busy to answer is alive all the same: recovery of a large log keeps the event loop for seconds. */
const ANSWER_WITHIN_MS = 1000;

/**
 * `gone` only where the kernel says that nobody listens. Silence, and a refusal for any other reason, count as an
 * owner: to leave a free folder alone costs a message, to share one costs the data.
 */
export function askContender(socketPath: string): Promise<ContenderState | "gone"> {
  return new Promise((answer) => {
    let text = "";
    const socket = connect(socketPath);
    const settle = (state: ContenderState | "gone") => {
      socket.destroy();
      answer(state);
    };
    socket.setEncoding("utf8");
    socket.setTimeout(ANSWER_WITHIN_MS, () => settle("owner"));
    socket.on("data", (piece: string) => {
      text += piece;
    });
    // An empty answer comes from one that is closing: it is asked again.
    socket.on("end", () => settle(text === "owner" ? "owner" : "asking"));
    socket.on("error", ({ code }: NodeJS.ErrnoException) => {
      if (code === "ECONNREFUSED" || code === "ENOENT") settle("gone");
      else settle(code === "ECONNRESET" ? "asking" : "owner");
    });
  });
}
