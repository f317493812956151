/** A plain reader of Server-Sent Events over a real socket. */
import { get, type IncomingMessage } from "node:http";

interface StreamEvent {
  readonly event: string;
  readonly data: unknown;
}

export interface EventStream {
  readonly response: IncomingMessage;
  /** The next event of this name; those before it are passed over. Rejects when the stream ends first. */
  next(event: string): Promise<unknown>;
  /** Everything so far, comments and all. */
  text(): string;
  /** Resolves when the server ends the stream. */
  readonly ended: Promise<void>;
  close(): void;
}

const parsed = (block: string): StreamEvent | null => {
  const name = /^event: (.*)$/m.exec(block)?.[1];
  const data = /^data: (.*)$/m.exec(block)?.[1];
  return name === undefined || data === undefined ? null : { event: name, data: JSON.parse(data) as unknown };
};

export async function openStream(url: string): Promise<EventStream> {
  const response = await new Promise<IncomingMessage>((resolve, reject) => {
    get(url, { agent: false }, resolve).once("error", reject);
  });
  let text = "";
  let read = 0;
  let over = false;
  let wake = (): void => {};
  response.setEncoding("utf8").on("data", (chunk: string) => {
    text += chunk;
    wake();
  });
  const ended = new Promise<void>((resolve) => {
    response.once("close", () => {
      over = true;
      wake();
      resolve();
    });
  });
  const take = (): StreamEvent | null => {
    const end = text.indexOf("\n\n", read);
    if (end === -1) return null;
    const block = text.slice(read, end);
    read = end + 2;
    return parsed(block) ?? take();
  };
  const next = async (event: string): Promise<unknown> => {
    for (;;) {
      const found = take();
      if (found?.event === event) return found.data;
      if (found !== null) continue;
      if (over) throw new Error(`the stream ended before an event "${event}"`);
      await new Promise<void>((resolve) => {
        wake = resolve;
      });
    }
  };
  return { response, next, text: () => text, ended, close: () => response.destroy() };
}
