/** A site as the supervisor talks with it: the connection sequence, what it says, and what is asked of it. */
import { failed, ok, type Problem, problem, type Result } from "../../../core/problems/problem.ts";
import { mayBeSent, type SealedCommand } from "../../gate/sealed-command.ts";
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
import type { CommandValue, Message, MessageOf, StatusValue } from "../protocol/messages.ts";
import {
  type Agreement,
  readSiteVersion,
  type SupervisorWords,
  supervisorVersion,
} from "../protocol/version-exchange.ts";
import { hasComponentList, namesNationalIds } from "../protocol/versions.ts";
import { SECRET_ARGUMENTS } from "../sxl/tlc-commands.ts";
import { commandItems } from "./command-items.ts";
import { ForeignCommands, watchedStatuses } from "./foreign-commands.ts";
import { type AnswerKind, Pending } from "./pending.ts";
import { SiteView } from "./site-view.ts";

export interface StatusName {
  readonly sCI: string;
  readonly n: string;
}

export interface SubscribedStatus extends StatusName {
  /** 0 is on change only. */
  readonly interval_s: number;
  readonly onChange: boolean;
}

export interface ConnectedSiteSettings {
  readonly words: SupervisorWords;
  readonly answer_ms: number;
  /** Subscribe to what tells of commands by others. */
  readonly watchesOthers: boolean;
  /** Set the clock of the site at connect and every day. */
  readonly setsClock: boolean;
  /** From where secrets are kept. */
  securityCode(site: string, level: 1 | 2): string | undefined;
}

export interface SiteListener {
  /** The site said who it is, and may go on. */
  named(site: ConnectedSite): void;
  ready(site: ConnectedSite): void;
  message(site: ConnectedSite, message: Message): void;
  foreign(site: ConnectedSite, what: string): void;
}

export interface SupervisorClocks {
  monotonic_ms(): number;
  wall_ms(): number;
}

/** After the sequence the site has news of its own; ours wait this long. */
const SETTLE_MS = 1000;
const DAY_MS = 86_400_000;

export class ConnectedSite implements Role {
  readonly view = new SiteView();
  readonly #settings: ConnectedSiteSettings;
  readonly #listener: SiteListener;
  readonly #clocks: SupervisorClocks;
  readonly #pending = new Pending();
  readonly #foreign = new ForeignCommands();
  #session: Session | null = null;
  #ready_ms: number | null = null;
  #watching = false;
  #clockSet_ms: number | null = null;
  #sentWatchdog = false;

  constructor(settings: ConnectedSiteSettings, listener: SiteListener, clocks: SupervisorClocks) {
    this.#settings = settings;
    this.#listener = listener;
    this.#clocks = clocks;
  }

  attach(session: Session): void {
    this.#session = session;
  }

  get agreement(): Agreement | null {
    return this.#session?.agreement ?? null;
  }

  get id(): string {
    return this.agreement?.siteId ?? "?";
  }

  get ready(): boolean {
    return this.#ready_ms !== null && this.#session?.closed === false;
  }

  close(reason: string): void {
    this.#session?.close(reason);
  }

  /** The connection is over. */
  gone(reason: string): void {
    this.#pending.abandon(problem("RSMP_SITE_GONE", { site: this.id, reason }));
  }

  /** To be called some times a second. */
  tick(): void {
    const now_ms = this.#clocks.monotonic_ms();
    const seconds = this.#settings.answer_ms / 1000;
    this.#pending.expire(now_ms, (what) => problem("RSMP_SITE_SILENT", { site: this.id, what, seconds }));
    if (!this.ready || this.#ready_ms === null || now_ms - this.#ready_ms < SETTLE_MS || this.view.main === null)
      return;
    if (this.#settings.watchesOthers && !this.#watching) this.#watch(this.view.main);
    if (this.#settings.setsClock && (this.#clockSet_ms === null || now_ms - this.#clockSet_ms >= DAY_MS)) {
      this.#clockSet_ms = now_ms;
      this.#setClock(this.view.main);
    }
  }

  async request(component: string, names: readonly StatusName[]): Promise<Result<readonly StatusValue[]>> {
    const sS = names.map(({ sCI, n }) => ({ sCI, n }));
    const about = sS.map(({ sCI, n }) => `${sCI} ${n}`);
    const answer = await this.#ask(
      { type: "StatusRequest", ...this.#named(component), sS },
      "StatusResponse",
      component,
      about,
    );
    if (!answer.ok) return answer;
    return ok(answer.value?.type === "StatusResponse" ? answer.value.sS : []);
  }

  /** Done when the site has understood; values come to the listener. */
  async subscribe(component: string, statuses: readonly SubscribedStatus[]): Promise<Result<void>> {
    const sS = statuses.map(({ sCI, n, interval_s, onChange }) => ({ sCI, n, uRt: String(interval_s), sOc: onChange }));
    return this.#tell({ type: "StatusSubscribe", ...this.#named(component), sS }, component);
  }

  async unsubscribe(component: string, names: readonly StatusName[]): Promise<Result<void>> {
    const sS = names.map(({ sCI, n }) => ({ sCI, n }));
    return this.#tell({ type: "StatusUnsubscribe", ...this.#named(component), sS }, component);
  }

  async aggregatedStatus(component: string): Promise<Result<readonly boolean[]>> {
    const message: Outgoing = { type: "AggregatedStatusRequest", ...this.#named(component) };
    const answer = await this.#ask(message, "AggregatedStatus", component, []);
    if (!answer.ok) return answer;
    return ok(answer.value?.type === "AggregatedStatus" ? answer.value.se : []);
  }

  /** The site answers with the alarm as it is then. */
  async alarm(
    component: string,
    code: string,
    what: "Acknowledge" | "Suspend" | "Resume" | "Request",
  ): Promise<Result<void>> {
    const named = { ...this.#named(component), aCId: code, xACId: "", xNACId: "", aSp: what };
    const message: Outgoing = { type: "Alarm", ...named, aTs: new Date(this.#clocks.wall_ms()).toISOString() };
    return this.#tell(message, component);
  }

  /** Sends a command that came through the gate, and only that; its ranges are looked at before. */
  async command(sealed: SealedCommand): Promise<Result<readonly CommandValue[]>> {
    if (!mayBeSent(sealed, this.#clocks.wall_ms()) || sealed.words.site !== this.id) {
      return failed(problem("RSMP_COMMAND_NOT_SEALED", { site: this.id }));
    }
    return this.#command(sealed.words);
  }

  version(message: MessageOf<"Version">): Verdict {
    const read = readSiteVersion(message, this.#settings.words);
    if (!read.ok) return refuseAndClose(read.reason);
    return taken(() => {
      this.#session?.agree(read.agreement);
      this.#listener.named(this);
      this.#session?.send(supervisorVersion(this.#settings.words, read.agreement, message) as Outgoing);
    });
  }

  message(message: Message): Verdict {
    switch (message.type) {
      case "Watchdog":
        return taken(() => {
          if (!this.#sentWatchdog) this.#session?.sendWatchdog();
          this.#sentWatchdog = true;
        });
      case "ComponentList":
        return taken(() => {
          this.#take(message);
          this.#begin();
        });
      case "AggregatedStatus":
      case "Alarm":
      case "StatusResponse":
      case "StatusUpdate":
      case "CommandResponse":
        return taken(() => this.#take(message));
      default:
        return refuse(`A supervisor does not take ${message.type}`);
    }
  }

  acknowledged({ mId, message }: Sent): void {
    this.#pending.acknowledged(mId);
    const core = this.agreement?.core;
    if (message.type === "Watchdog" && core !== undefined && !hasComponentList(core)) this.#begin();
  }

  refused({ mId, message }: Sent, reason: string): void {
    const why = problem("RSMP_SITE_REFUSED", { site: this.id, what: message.type, reason: reason.slice(0, 400) });
    this.#pending.refused(mId, why);
    if (message.type === "Version") this.#session?.close(`the site refused Version: ${reason.slice(0, 200)}`);
  }

  #begin(): void {
    if (this.#ready_ms !== null) return;
    this.#ready_ms = this.#clocks.monotonic_ms();
    this.#listener.ready(this);
  }

  #take(message: Message): void {
    this.view.take(message);
    if (message.type === "StatusUpdate") {
      const foreign = this.#foreign.notice(message.sS, this.#clocks.monotonic_ms());
      if (foreign !== null) this.#listener.foreign(this, foreign);
    }
    if (message.type !== "StatusUpdate" && message.type !== "ComponentList" && "cId" in message) {
      this.#pending.answered(message.type as AnswerKind, String(message.cId), message);
    }
    this.#listener.message(this, message.type === "CommandResponse" ? withoutSecrets(message) : message);
  }

  #watch(main: string): void {
    this.#watching = true;
    const sxl = this.agreement?.sxl ?? "1.2.1";
    const statuses = watchedStatuses(sxl).map((name) => ({ ...name, interval_s: 0, onChange: true }));
    // A site that refuses is told of by the link's events; it is then not watched, and nothing else fails.
    this.subscribe(main, statuses).then(
      () => undefined,
      () => undefined,
    );
  }

  #setClock(main: string): void {
    const now = new Date(this.#clocks.wall_ms());
    const values = {
      year: String(now.getUTCFullYear()),
      month: String(now.getUTCMonth() + 1),
      day: String(now.getUTCDate()),
      hour: String(now.getUTCHours()),
      minute: String(now.getUTCMinutes()),
      second: String(now.getUTCSeconds()),
    };
    const words = { site: this.id, component: main, code: "M0104", values, reason: "clock", expires_ms: Infinity };
    this.#command(words).then(
      () => undefined,
      () => undefined,
    );
  }

  async #command(words: SealedCommand["words"]): Promise<Result<readonly CommandValue[]>> {
    const { agreement } = this;
    if (agreement === null) return failed(this.#unknown());
    const items = commandItems(words, agreement.sxl, (level) => this.#settings.securityCode(this.id, level));
    if (!items.ok) return items;
    const plan = words.values["timeplan"];
    this.#foreign.ordered(words.code, typeof plan === "string" ? plan : undefined, this.#clocks.monotonic_ms());
    const message: Outgoing = { type: "CommandRequest", ...this.#named(words.component), arg: items.value };
    const about = items.value.map(({ cCI, n }) => `${cCI} ${n}`);
    const answer = await this.#ask(message, "CommandResponse", words.component, about);
    if (!answer.ok) return answer;
    return ok(answer.value?.type === "CommandResponse" ? withoutSecrets(answer.value).rvs : []);
  }

  async #tell(message: Outgoing, component: string): Promise<Result<void>> {
    const answer = await this.#ask(message, "MessageAck", component, []);
    return answer.ok ? ok(undefined) : answer;
  }

  async #ask(
    message: Outgoing,
    kind: AnswerKind,
    component: string,
    names: readonly string[],
  ): Promise<Result<Message | null>> {
    if (!this.ready || this.#session === null) return failed(this.#unknown());
    const until_ms = this.#clocks.monotonic_ms() + this.#settings.answer_ms;
    return this.#pending.ask(this.#session.send(message), kind, component, names, until_ms);
  }

  #unknown(): Problem {
    return problem("RSMP_SITE_UNKNOWN", { site: this.id });
  }

  #named(cId: string): { readonly cId: string } {
    const core = this.agreement?.core ?? "3.2.2";
    return namesNationalIds(core) ? { ...nationalIds, cId } : { cId };
  }
}

/** A site repeats the security code it was given: nobody else needs to hear it. */
const withoutSecrets = (response: MessageOf<"CommandResponse">): MessageOf<"CommandResponse"> => ({
  ...response,
  rvs: response.rvs.filter(({ n }) => !SECRET_ARGUMENTS.has(n)),
});

const nationalIds = { ntsOId: "", xNId: "" };
