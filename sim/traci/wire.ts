/**
 * TraCI on the wire: big-endian numbers, strings with their length before them, commands in a message with its length before it
 * (SUMO user documentation, "TraCI/Protocol"). Nothing here knows what a command means.
 */
import { Buffer } from "node:buffer";
import { ProblemError, problem } from "../../core/problems/problem.ts";

export const tags = { double: 0x0b, string: 0x0c } as const;

const firstRoom = 4096;
/** A long header: 0, length, command. Short ones save four bytes and cost a second look; SUMO takes either. */
const headerBytes = 6;
const lengthBytes = 4;

/** Commands of one message; used again after `reset`. */
export class MessageWriter {
  #bytes = Buffer.alloc(firstRoom);
  #at = lengthBytes;
  #command = 0;

  reset(): void {
    this.#at = lengthBytes;
  }

  /** Begins a command; what is written until `end` is its content. */
  begin(command: number): this {
    this.#room(headerBytes);
    this.#command = this.#at;
    this.#bytes[this.#at] = 0;
    this.#bytes[this.#at + 5] = command;
    this.#at += headerBytes;
    return this;
  }

  end(): void {
    this.#bytes.writeInt32BE(this.#at - this.#command, this.#command + 1);
  }

  ubyte(value: number): this {
    this.#room(1);
    this.#bytes[this.#at] = value;
    this.#at += 1;
    return this;
  }

  int(value: number): this {
    this.#room(4);
    this.#at = this.#bytes.writeInt32BE(value, this.#at);
    return this;
  }

  double(value: number): this {
    this.#room(8);
    this.#at = this.#bytes.writeDoubleBE(value, this.#at);
    return this;
  }

  string(value: string): this {
    const length = Buffer.byteLength(value);
    this.int(length);
    this.#room(length);
    this.#at += this.#bytes.write(value, this.#at);
    return this;
  }

  /** The whole message; valid until the next `reset`. */
  message(): Buffer {
    this.#bytes.writeInt32BE(this.#at, 0);
    return this.#bytes.subarray(0, this.#at);
  }

  #room(more: number): void {
    if (this.#at + more <= this.#bytes.length) return;
    const larger = Buffer.alloc(Math.max(2 * this.#bytes.length, this.#at + more));
    this.#bytes.copy(larger, 0, 0, this.#at);
    this.#bytes = larger;
  }
}

/** Reads a message from its first byte after the length. Throws `ProblemError` where it ends too early or holds another type. */
export class MessageReader {
  bytes: Buffer;
  at = 0;

  constructor(bytes: Buffer = Buffer.alloc(0)) {
    this.bytes = bytes;
  }

  open(bytes: Buffer): void {
    this.bytes = bytes;
    this.at = 0;
  }

  ubyte(): number {
    this.#need(1);
    this.at += 1;
    return this.bytes[this.at - 1] as number;
  }

  int(): number {
    this.#need(4);
    this.at += 4;
    return this.bytes.readInt32BE(this.at - 4);
  }

  double(): number {
    this.#need(8);
    this.at += 8;
    return this.bytes.readDoubleBE(this.at - 8);
  }

  /** Steps over a string and tells its length; its bytes end where the reader then stands. */
  stringBytes(): number {
    const length = this.int();
    if (length < 0) throw wrongAnswer(`a string of ${length} bytes`);
    this.#need(length);
    this.at += length;
    return length;
  }

  string(): string {
    const length = this.stringBytes();
    return this.bytes.toString("utf8", this.at - length, this.at);
  }

  /** The command of a header, short or long. */
  header(): number {
    if (this.ubyte() === 0) this.int();
    return this.ubyte();
  }

  tag(wanted: number): void {
    const found = this.ubyte();
    if (found !== wanted) throw wrongAnswer(`a value of type ${found} where ${wanted} was expected`);
  }

  #need(count: number): void {
    if (this.at + count > this.bytes.length) throw wrongAnswer("a message that ends too early");
  }
}

export const wrongAnswer = (reason: string): ProblemError => new ProblemError([problem("SUMO_ANSWER", { reason })]);
