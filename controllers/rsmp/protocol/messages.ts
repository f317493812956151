/**
 * The messages of RSMP core as zod schemas, one set for each version. What a peer sends is read through them; what is not of them
 * is refused with the reason. Unknown fields of a message are let through, as the versions add fields; those of an item in a list
 * are not.
 */
import { z } from "zod";
import { TIMESTAMP } from "./timestamp.ts";
import { atLeast, type CoreVersion } from "./versions.ts";

const UUID4 = /^[a-f0-9]{8}-[a-f0-9]{4}-4[a-f0-9]{3}-[89ab][a-f0-9]{3}-[a-f0-9]{12}$/i;

const messageId = z.string().regex(UUID4, "is no UUID of version 4");
const timestamp = z.string().regex(TIMESTAMP, "is no timestamp");
const version = z.string().regex(/^\d{1,2}\.\d{1,2}(\.\d{1,2})?/, "is no version");
const integer = z.string().regex(/^-?\d+$/, "is no integer");
const component = z.string();
const commandCode = z.string().regex(/^M/);
const statusCode = z.string().regex(/^S/);
const alarmCode = z.string().regex(/^A/);
/** Looked at no deeper than this: a peer may nest brackets as deep as a frame is long. */
const value = z.union([z.string(), z.number(), z.boolean(), z.null(), z.array(z.unknown())]);

const message = <T extends string, S extends z.ZodRawShape>(type: T, shape: S) =>
  z.looseObject({ mType: z.literal("rSMsg"), type: z.literal(type), mId: messageId, ...shape });

const acknowledgement = z.looseObject({
  mType: z.literal("rSMsg"),
  type: z.literal("MessageAck"),
  oMId: messageId,
});

const refusal = z.looseObject({
  mType: z.literal("rSMsg"),
  type: z.literal("MessageNotAck"),
  oMId: messageId,
  rea: z.string().default(""),
});

/** Every form of every version: which one a peer must use is not known before the exchange is over. */
const versionMessage = message("Version", {
  RSMP: z.array(z.looseObject({ vers: version })).min(1),
  step: z.enum(["Request", "Response"]).optional(),
  siteId: z.array(z.looseObject({ sId: z.string().min(1) })).optional(),
  supervisorId: z.string().min(1).optional(),
  SXL: version.optional(),
  SXLS: z
    .array(
      z.looseObject({
        name: z.string().min(1),
        version: version.optional(),
        rejected: z.number().int().optional(),
        reason: z.string().optional(),
      }),
    )
    .optional(),
  receiveAlarms: z.boolean().optional(),
});

const statusName = z.looseObject({ sCI: statusCode, n: z.string() });
const qualities = z.enum(["recent", "old", "undefined", "unknown"]);
const statusValue = z.strictObject({ sCI: statusCode, n: z.string(), s: value, q: qualities });
const commandArgument = z.looseObject({ cCI: commandCode, n: z.string(), cO: z.string(), v: value });
const commandValue = z.strictObject({ cCI: commandCode, n: z.string(), v: value, age: qualities });

const anyCase = <const T extends readonly string[]>(words: T) =>
  z.string().transform((text, context): T[number] => {
    const found = words.find((word) => word.toLowerCase() === text.toLowerCase());
    if (found !== undefined) return found;
    context.addIssue({ code: "custom", message: `is none of ${words.join(", ")}` });
    return z.NEVER;
  });

/** Words of an alarm: in 3.1.5 in any case, from 3.2 on as written, but that «suspended» has two ways of its own. */
function alarmMessage(core: CoreVersion) {
  const word = <const T extends readonly [string, ...string[]]>(words: T) =>
    atLeast(core, "3.2.0") ? z.enum(words) : anyCase(words);
  return message("Alarm", {
    cId: component,
    aCId: alarmCode,
    aSp: word(["Issue", "Acknowledge", "Suspend", "Resume", "Request"]),
    ack: word(["Acknowledged", "notAcknowledged"]).optional(),
    aS: word(["Active", "inActive"]).optional(),
    sS: anyCase(["Suspended", "notSuspended"]).optional(),
    aTs: timestamp.optional(),
    cat: z.enum(["T", "D"]).optional(),
    pri: z.enum(["1", "2", "3"]).optional(),
    rvs: z.array(z.strictObject({ n: z.string(), v: value })).optional(),
  });
}

/** 3.1.5 in the field writes «send on change» as a string, or leaves it out. */
function subscription(core: CoreVersion) {
  const sOc = atLeast(core, "3.2.0")
    ? z.boolean()
    : z.union([z.boolean(), anyCase(["True", "False"]).transform((word) => word === "True")]);
  return z.looseObject({ sCI: statusCode, n: z.string(), uRt: integer, sOc: sOc.optional() });
}

function messagesOf(core: CoreVersion) {
  return z.discriminatedUnion("type", [
    acknowledgement,
    refusal,
    versionMessage,
    message("Watchdog", { wTs: timestamp }),
    message("AggregatedStatus", {
      cId: component,
      aSTS: timestamp,
      fP: z.string().nullable(),
      fS: z.string().nullable(),
      se: z.array(z.boolean()).length(8),
    }),
    message("AggregatedStatusRequest", { cId: component }),
    alarmMessage(core),
    message("StatusRequest", { cId: component, sS: z.array(statusName).min(1) }),
    message("StatusResponse", { cId: component, sTs: timestamp, sS: z.array(statusValue).min(1) }),
    message("StatusSubscribe", { cId: component, sS: z.array(subscription(core)).min(1) }),
    message("StatusUpdate", { cId: component, sTs: timestamp, sS: z.array(statusValue).min(1) }),
    message("StatusUnsubscribe", { cId: component, sS: z.array(statusName).min(1) }),
    message("CommandRequest", { cId: component, arg: z.array(commandArgument).min(1) }),
    message("CommandResponse", { cId: component, cTS: timestamp, rvs: z.array(commandValue).min(1) }),
    message("ComponentList", {
      components: z.array(z.strictObject({ id: component, type: z.string().min(1), name: z.string().min(1) })).min(1),
    }),
  ]);
}

export type Message = z.output<ReturnType<typeof messagesOf>>;
export type MessageType = Message["type"];
export type MessageOf<T extends MessageType> = Extract<Message, { type: T }>;
export type StatusValue = z.output<typeof statusValue>;
export type CommandArgument = z.output<typeof commandArgument>;
export type CommandValue = z.output<typeof commandValue>;
export type Value = z.output<typeof value>;

const schemas = new Map<CoreVersion, ReturnType<typeof messagesOf>>();

function schemaOf(core: CoreVersion): ReturnType<typeof messagesOf> {
  const known = schemas.get(core) ?? messagesOf(core);
  schemas.set(core, known);
  return known;
}

export type ReadMessage =
  | { readonly ok: true; readonly message: Message }
  /** `id` is that of the message when it has one: only then can it be refused. */
  | { readonly ok: false; readonly id: string | null; readonly type: string; readonly reason: string };

const field = (data: unknown, key: string): unknown =>
  typeof data === "object" && data !== null ? (data as Record<string, unknown>)[key] : undefined;

/** One frame as a message of that version, or why it is none. */
export function readMessage(frame: string, core: CoreVersion): ReadMessage {
  let data: unknown;
  try {
    data = JSON.parse(frame);
  } catch (error) {
    if (!(error instanceof SyntaxError)) throw error;
    return { ok: false, id: null, type: "?", reason: "it is not JSON" };
  }
  const parsed = schemaOf(core).safeParse(data);
  if (parsed.success) return { ok: true, message: parsed.data };
  const id = field(data, "mId");
  const type = field(data, "type");
  const [issue] = parsed.error.issues;
  const where = issue === undefined || issue.path.length === 0 ? "" : `${issue.path.join(".")}: `;
  return {
    ok: false,
    id: typeof id === "string" && UUID4.test(id) ? id : null,
    type: typeof type === "string" ? type.slice(0, 40) : "?",
    reason: `${where}${issue?.message ?? "it is no message"}`,
  };
}
