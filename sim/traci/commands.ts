/** The commands of TraCI that are used, API 20 (SUMO 1.15), as they go into a message and come out of an answer. */
import { ProblemError, problem } from "../../core/problems/problem.ts";
import { type MessageReader, type MessageWriter, tags, wrongAnswer } from "./wire.ts";

export const leastApi = 20;

const ids = {
  getVersion: 0x00,
  simulationStep: 0x02,
  close: 0x7f,
  setSignal: 0xc2,
  subscribeSignal: 0xd2,
  lanesSurroundings: 0x83,
} as const;

/** A subscription's answers come under its own number and this much more. */
const answerOffset = 0x10;
export const signalAnswer = ids.subscribeSignal + answerOffset;
export const surroundingsAnswer = ids.lanesSurroundings + answerOffset;

const vehicleDomain = 0xa4;
/** "From now on" and "for ever". */
const always = -1073741824;

const signalState = 0x20;
const of = { lane: 0x51, position: 0x56, speed: 0x40, length: 0x44, class: 0x49 } as const;
const vehicleVariables = [of.lane, of.position, of.speed, of.length, of.class];
/** All vehicles are near enough. */
const everywhere_m = 1e6;

/** Commands of a message in their order, so that its answer can be read. */
export class Batch {
  readonly #writer: MessageWriter;
  readonly sent: number[] = [];

  constructor(writer: MessageWriter) {
    this.#writer = writer;
  }

  reset(): void {
    this.#writer.reset();
    this.sent.length = 0;
  }

  #begin(command: number): MessageWriter {
    this.sent.push(command);
    return this.#writer.begin(command);
  }

  getVersion(): void {
    this.#begin(ids.getVersion).end();
  }

  close(): void {
    this.#begin(ids.close).end();
  }

  /** One step. */
  step(): void {
    this.#begin(ids.simulationStep).double(0).end();
  }

  show(signal: string, state: string): void {
    this.#begin(ids.setSignal).ubyte(signalState).string(signal).ubyte(tags.string).string(state).end();
  }

  watchSignal(signal: string): void {
    this.#begin(ids.subscribeSignal).double(always).double(always).string(signal).ubyte(1).ubyte(signalState).end();
  }

  /** Every vehicle on the road: a context subscription around any lane. */
  watchVehicles(lane: string): void {
    const writer = this.#begin(ids.lanesSurroundings).double(always).double(always).string(lane);
    writer.ubyte(vehicleDomain).double(everywhere_m).ubyte(vehicleVariables.length);
    for (const variable of vehicleVariables) writer.ubyte(variable);
    writer.end();
  }
}

export interface AnswerReader {
  version?(api: number, name: string): void;
  /** The reader stands behind the header of a subscription's answer and is to be left at its end. */
  subscription?(kind: number, reader: MessageReader): void;
}

/** Goes through the answers to the commands `sent`. Throws `ProblemError` with the first that was refused. */
export function readAnswers(reader: MessageReader, sent: readonly number[], to: AnswerReader): void {
  for (const command of sent) {
    const answered = reader.header();
    const result = reader.ubyte();
    const words = reader.string();
    if (result !== 0) {
      throw new ProblemError([problem("SUMO_REFUSED", { command: `0x${command.toString(16)}`, reason: words })]);
    }
    if (answered !== command) throw wrongAnswer(`command ${answered} where ${command} was sent`);
    if (command === ids.getVersion) {
      reader.header();
      to.version?.(reader.int(), reader.string());
    } else if (command === ids.simulationStep) {
      for (let left = reader.int(); left > 0; left -= 1) to.subscription?.(reader.header(), reader);
    } else if (command === ids.subscribeSignal || command === ids.lanesSurroundings) {
      to.subscription?.(reader.header(), reader);
    }
  }
}

/** Stands behind a variable's tag; a variable that could not be read ends the run, with SUMO's words. */
export function toVariable(reader: MessageReader, wanted: number, tag: number): void {
  const variable = reader.ubyte();
  if (reader.ubyte() !== 0) {
    reader.tag(tags.string);
    throw new ProblemError([
      problem("SUMO_REFUSED", { command: `0x${variable.toString(16)}`, reason: reader.string() }),
    ]);
  }
  if (variable !== wanted) throw wrongAnswer(`variable ${variable} where ${wanted} was asked for`);
  reader.tag(tag);
}

export const variables = { ...of, signalState } as const;
