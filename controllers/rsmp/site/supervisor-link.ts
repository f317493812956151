/**
 * One supervisor as the site sees it, over all the connections it ever makes: the connection sequence, what is answered, what is
 * told unasked, and what waits in the buffer while nobody listens.
 */
import {
  type Outgoing,
  type Role,
  refuse,
  refuseAndClose,
  type Sent,
  type Session,
  taken,
  type Verdict,
} from "../link/session.ts";
import type { Message, MessageOf, StatusValue } from "../protocol/messages.ts";
import { instantOf, timestampOf } from "../protocol/timestamp.ts";
import { readSupervisorVersion, type SiteWords, siteVersion } from "../protocol/version-exchange.ts";
import { type CoreVersion, hasComponentList, namesNationalIds } from "../protocol/versions.ts";
import type { Alarm, AlarmChange } from "../tlc/alarm-board.ts";
import type { Tlc } from "../tlc/tlc.ts";
import { aggregatedStatus } from "./aggregated-status.ts";
import type { MessageBuffer } from "./message-buffer.ts";
import { runCommands, statusesFault, tellStatus, tellStatuses } from "./requests.ts";
import { Subscriptions } from "./subscriptions.ts";

export interface SupervisorLinkSettings {
  readonly words: SiteWords;
  /** Only the primary supervisor gets alarms (and may set the clock). */
  readonly primary: boolean;
  /** The primary supervisor's watchdogs set the clock of the site. */
  readonly clockFromWatchdog: boolean;
  readonly buffersStatus: (component: string, code: string, name: string) => boolean;
  /** National ids of the main component, for core before 3.3. */
  readonly ntsOId: string;
}

/** So many buffered messages are under way at once: a long outage must not flood the line. */
const FLUSHED_AT_ONCE = 200;

/** What may wait for the supervisor: news of the site, never answers. */
const BUFFERED: readonly string[] = ["AggregatedStatus", "Alarm", "StatusUpdate"];

export class SupervisorLink implements Role {
  readonly #tlc: Tlc;
  readonly #settings: SupervisorLinkSettings;
  readonly #buffer: MessageBuffer;
  readonly #subscriptions = new Subscriptions();
  #session: Session | null = null;
  #ready = false;
  #core: CoreVersion;
  #receivesAlarms: boolean;
  #componentList = "";
  #aggregated = "";
  /** Ids of news under way. Answers, and what the sequence tells anyway, need not be told again. */
  readonly #underWay = new Set<string>();

  constructor(tlc: Tlc, settings: SupervisorLinkSettings, buffer: MessageBuffer) {
    this.#tlc = tlc;
    this.#settings = settings;
    this.#buffer = buffer;
    this.#core = settings.words.cores.at(-1) ?? "3.2.2";
    this.#receivesAlarms = settings.primary;
    this.#aggregated = JSON.stringify(aggregatedStatus(tlc));
  }

  get ready(): boolean {
    return this.#ready;
  }

  get core(): CoreVersion | null {
    return this.#ready ? this.#core : null;
  }

  /** A new connection is up: the site speaks first. */
  connected(session: Session): void {
    this.#session = session;
    this.#componentList = "";
    session.send(siteVersion(this.#settings.words) as Outgoing);
  }

  /** The connection is gone. What was sent and not acknowledged waits again, before everything newer. */
  disconnected(): void {
    const lost = (this.#session?.unanswered ?? []).filter(({ mId }) => this.#underWay.has(mId));
    this.#underWay.clear();
    this.#session = null;
    this.#ready = false;
    this.#subscriptions.keepOnly(this.#settings.buffersStatus);
    this.#buffer.putBack(lost.flatMap(({ message }) => this.#worthKeeping(message)));
  }

  /** Subscriptions end when the site starts anew. */
  forget(): void {
    this.#subscriptions.clear();
    this.#session?.close("the site starts anew");
  }

  /** What is due: subscriptions, and a changed aggregated status. To be called after the controller advanced. */
  tell(): void {
    this.#flush();
    const now_ms = this.#tlc.now_ms();
    const due = this.#subscriptions.due(now_ms, (component, code, name) => this.#value(component, code, name));
    for (const [cId, sS] of due) {
      this.#news({ type: "StatusUpdate", ...this.#named(cId), sTs: this.#now(), sS });
    }
    const aggregated = JSON.stringify(aggregatedStatus(this.#tlc));
    if (aggregated === this.#aggregated) return;
    this.#aggregated = aggregated;
    this.#news(this.#aggregatedMessage());
  }

  alarm(change: AlarmChange, alarm: Alarm): void {
    if (this.#receivesAlarms) this.#news(this.#alarmMessage(change, alarm));
  }

  version(message: MessageOf<"Version">): Verdict {
    const read = readSupervisorVersion(message, this.#settings.words);
    if (!read.ok) return refuseAndClose(read.reason);
    return taken(() => {
      this.#core = read.agreement.core;
      this.#receivesAlarms = this.#settings.primary && read.agreement.receiveAlarms;
      this.#session?.agree(read.agreement);
      this.#session?.sendWatchdog();
    });
  }

  message(message: Message): Verdict {
    switch (message.type) {
      case "Watchdog":
        return this.#watchdog(message);
      case "StatusRequest":
        return this.#statusRequest(message);
      case "StatusSubscribe":
        return this.#subscribe(message);
      case "StatusUnsubscribe":
        return taken(() => {
          for (const { sCI, n } of message.sS) this.#subscriptions.remove(message.cId, sCI, n);
        });
      case "CommandRequest":
        return this.#commandRequest(message);
      case "AggregatedStatusRequest":
        return message.cId === this.#tlc.main.id
          ? taken(() => this.#send(this.#aggregatedMessage()))
          : refuse(`Component ${message.cId.slice(0, 40)} has no aggregated status`);
      case "Alarm":
        return this.#alarmRequest(message);
      default:
        return refuse(`A site does not take ${message.type}`);
    }
  }

  acknowledged({ mId }: Sent): void {
    this.#underWay.delete(mId);
    if (mId === this.#componentList) this.#begin();
  }

  refused({ mId, message }: Sent, reason: string): void {
    this.#underWay.delete(mId);
    // Whoever refuses our version or our components cannot go on with us.
    if (message.type === "Version" || message.type === "ComponentList") {
      this.#session?.close(`the supervisor refused ${message.type}: ${reason.slice(0, 200)}`);
    }
  }

  #watchdog({ wTs }: MessageOf<"Watchdog">): Verdict {
    return taken(() => {
      const at_ms = instantOf(wTs);
      if (this.#settings.primary && this.#settings.clockFromWatchdog && at_ms !== null) this.#tlc.clock.set(at_ms);
      if (this.#ready || this.#componentList !== "") return;
      if (!hasComponentList(this.#core)) this.#begin();
      else {
        const components = this.#tlc.settings.components.map(({ id, type, name }) => ({ id, type, name }));
        this.#componentList = this.#send({ type: "ComponentList", components });
      }
    });
  }

  /** The sequence is over: the sum, every alarm, and what waited. */
  #begin(): void {
    this.#componentList = "";
    this.#ready = true;
    this.#send(this.#aggregatedMessage());
    if (this.#receivesAlarms) for (const alarm of this.#tlc.alarms.all) this.#send(this.#alarmMessage("Issue", alarm));
    this.#flush();
  }

  #flush(): void {
    const room = FLUSHED_AT_ONCE - (this.#session?.unansweredCount ?? FLUSHED_AT_ONCE);
    if (this.#ready && room > 0)
      for (const message of this.#buffer.take(room)) this.#underWay.add(this.#send(old(message)));
  }

  #statusRequest(message: MessageOf<"StatusRequest">): Verdict {
    const fault = statusesFault(this.#tlc, message);
    if (fault !== null) return refuse(fault);
    return taken(() => {
      const sS = tellStatuses(this.#tlc, this.#core, message);
      this.#send({ type: "StatusResponse", ...this.#named(message.cId), sTs: this.#now(), sS });
    });
  }

  #subscribe(message: MessageOf<"StatusSubscribe">): Verdict {
    const fault = statusesFault(this.#tlc, message);
    if (fault !== null) return refuse(fault);
    const wrong = message.sS.find(({ uRt }) => Number(uRt) < 0 || Number(uRt) > 86_400 * 7);
    if (wrong !== undefined) return refuse(`${wrong.sCI}: an update interval goes from 0 to 604800 s`);
    return taken(() => {
      if (this.#tlc.component(message.cId) === undefined) {
        const sS = tellStatuses(this.#tlc, this.#core, message);
        this.#send({ type: "StatusUpdate", ...this.#named(message.cId), sTs: this.#now(), sS });
        return;
      }
      const wanted = message.sS.map(({ sCI, n, uRt, sOc }) => ({
        component: message.cId,
        code: sCI,
        name: n,
        interval_ms: Number(uRt) * 1000,
        onChange: sOc === true || Number(uRt) === 0,
      }));
      this.#subscriptions.add(wanted);
      this.tell();
    });
  }

  #commandRequest(message: MessageOf<"CommandRequest">): Verdict {
    const outcome = runCommands(this.#tlc, message);
    if (!outcome.ok) return refuse(outcome.reason);
    const response = { type: "CommandResponse", ...this.#named(message.cId), cTS: this.#now() } as const;
    return taken(() => this.#send({ ...response, rvs: outcome.values }));
  }

  #alarmRequest(message: MessageOf<"Alarm">): Verdict {
    const alarm = this.#tlc.alarms.find(message.cId, message.aCId);
    if (alarm === undefined) {
      return refuse(`There is no alarm ${message.aCId.slice(0, 10)} of component ${message.cId.slice(0, 40)}`);
    }
    switch (message.aSp) {
      case "Acknowledge":
        return taken(() => this.#tlc.alarms.acknowledge(alarm));
      case "Suspend":
        return taken(() => this.#tlc.alarms.suspend(alarm));
      case "Resume":
        return taken(() => this.#tlc.alarms.resume(alarm));
      case "Request":
        return taken(() => this.#send(this.#alarmMessage("Issue", alarm)));
      case "Issue":
        return refuse("A supervisor does not issue alarms");
    }
  }

  #value(component: string, code: string, name: string): ReturnType<typeof tellStatus> {
    return tellStatus(this.#tlc, this.#core, component, code, name);
  }

  #aggregatedMessage(): Outgoing {
    return {
      type: "AggregatedStatus",
      ...this.#named(this.#tlc.main.id),
      aSTS: this.#now(),
      fP: null,
      fS: null,
      se: aggregatedStatus(this.#tlc),
    };
  }

  #alarmMessage(change: AlarmChange, alarm: Alarm): Outgoing {
    // An alarm that is resumed is told as one that is suspended is; which of the two stands in `sS`.
    const aSp = change === "Resume" ? "Suspend" : change;
    const suspended = aSp === "Suspend" ? "Suspended" : "suspended";
    return {
      type: "Alarm",
      ...this.#named(alarm.component),
      aCId: alarm.code,
      xACId: "",
      xNACId: "",
      aSp,
      ack: alarm.acknowledged ? "Acknowledged" : "notAcknowledged",
      aS: alarm.active ? "Active" : "inActive",
      sS: alarm.suspended ? suspended : "notSuspended",
      aTs: timestampOf(alarm.changed_ms),
      cat: "D",
      pri: String(alarm.priority),
      rvs: alarm.values,
    };
  }

  #named(cId: string): { readonly cId: string } {
    if (!namesNationalIds(this.#core)) return { cId };
    return { ...nationalIds(cId === this.#tlc.main.id ? this.#settings.ntsOId : ""), cId };
  }

  #now(): string {
    return timestampOf(this.#tlc.clock.now_ms());
  }

  #send(message: Outgoing): string {
    return this.#session?.send(message) ?? "";
  }

  /** News of the site: sent when somebody listens, kept when not. */
  #news(message: Outgoing): void {
    if (this.#ready) this.#underWay.add(this.#send(message));
    else this.#store(message);
  }

  #store(message: Outgoing): void {
    for (const kept of this.#worthKeeping(message)) this.#buffer.push(kept);
  }

  /** The message, or what of it may wait; nothing of an answer. */
  #worthKeeping(message: Outgoing): readonly Outgoing[] {
    if (!BUFFERED.includes(message.type)) return [];
    if (message.type !== "StatusUpdate") return [message];
    const { buffersStatus } = this.#settings;
    const sS = valuesOf(message).filter(({ sCI, n }) => buffersStatus(String(message["cId"]), sCI, n));
    return sS.length > 0 ? [{ ...message, sS }] : [];
  }
}

const nationalIds = (ntsOId: string): object => ({ ntsOId, xNId: "" });

const valuesOf = (update: Outgoing): readonly StatusValue[] => update["sS"] as readonly StatusValue[];

/** A buffered status says that it is one. */
function old(message: Outgoing): Outgoing {
  if (message.type !== "StatusUpdate") return message;
  const sS = valuesOf(message).map((value) => (value.q === "recent" ? { ...value, q: "old" } : value));
  return { ...message, sS };
}
