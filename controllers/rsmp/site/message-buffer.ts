/**
 * Messages that wait for the supervisor while the connection is gone: first in, first out, the oldest given up when there are too
 * many. With a file they outlive the process: one JSON line each, appended at once; a torn last line is left out when reading.
 */
import { appendFileSync, existsSync, readFileSync, renameSync, writeFileSync } from "node:fs";
import { failed, ok, problem, type Result, reasonOf } from "../../../core/problems/problem.ts";
import type { Outgoing } from "../link/session.ts";

export const MOST_BUFFERED = 10_000;

export class MessageBuffer {
  readonly #most: number;
  readonly #file: string | null;
  #messages: Outgoing[];
  /** Lines in the file, those given up included. */
  #lines: number;

  private constructor(most: number, file: string | null, messages: Outgoing[]) {
    this.#most = most;
    this.#file = file;
    this.#messages = messages;
    this.#lines = messages.length;
  }

  static inMemory(most = MOST_BUFFERED): MessageBuffer {
    return new MessageBuffer(most, null, []);
  }

  static open(file: string, most = MOST_BUFFERED): Result<MessageBuffer> {
    try {
      const lines = existsSync(file) ? readFileSync(file, "utf8").split("\n") : [];
      const buffer = new MessageBuffer(most, file, lines.flatMap(readLine).slice(-most));
      buffer.#rewrite();
      return ok(buffer);
    } catch (error) {
      return failed(problem("RSMP_BUFFER_FILE", { file, reason: reasonOf(error) }));
    }
  }

  get count(): number {
    return this.#messages.length;
  }

  push(message: Outgoing): void {
    this.#messages.push(message);
    if (this.#messages.length > this.#most) this.#messages.shift();
    if (this.#file === null) return;
    appendFileSync(this.#file, `${JSON.stringify(message)}\n`);
    this.#lines += 1;
    if (this.#lines > 2 * this.#most) this.#rewrite();
  }

  /** The oldest, at most so many. The file keeps them until all are gone: what is sent twice is better than lost. */
  take(most: number): readonly Outgoing[] {
    const messages = this.#messages.splice(0, most);
    if (messages.length > 0 && this.#messages.length === 0) this.#rewrite();
    return messages;
  }

  /** Messages that were taken and not delivered, older than all that wait. */
  putBack(messages: readonly Outgoing[]): void {
    if (messages.length === 0) return;
    this.#messages = [...messages, ...this.#messages].slice(-this.#most);
    this.#rewrite();
  }

  /** By a file beside it that takes its place, so that a power cut leaves the one or the other. */
  #rewrite(): void {
    this.#lines = this.#messages.length;
    if (this.#file === null) return;
    const text = this.#messages.map((message) => `${JSON.stringify(message)}\n`).join("");
    writeFileSync(`${this.#file}.new`, text);
    renameSync(`${this.#file}.new`, this.#file);
  }
}

function readLine(line: string): Outgoing[] {
  try {
    const message: unknown = JSON.parse(line);
    const named = typeof message === "object" && message !== null && "type" in message;
    return named ? [message as Outgoing] : [];
  } catch (error) {
    if (error instanceof SyntaxError) return [];
    throw error;
  }
}
