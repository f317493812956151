/**
 * Requests for priority (M0022) and what became of them (S0033). A request is received, then activated, or queued while one of the
 * other stage is active; it ends completed (cancelled by who asked), stale (nobody cancelled), timeout (queued too long) or rejected.
 */

type State = "received" | "queued" | "activated" | "completed" | "timeout" | "rejected" | "stale";

interface Request {
  readonly id: string;
  readonly stage: number;
  state: State;
  since_ms: number;
  changed_clock_ms: number;
  eta_s: number;
  told: boolean;
}

export interface PriorityStatus {
  readonly r: string;
  readonly t_ms: number;
  readonly s: State;
}

export interface PriorityTimes {
  readonly activate_ms: number;
  readonly queue_ms: number;
  /** After its vehicle should have come, an activated request that nobody cancels is stale. */
  readonly stale_ms: number;
}

const OVER: readonly State[] = ["completed", "timeout", "rejected", "stale"];

/** More than this at once are refused: no street has them. */
const MOST = 64;

/** What was never asked for again is forgotten. */
const FORGET_MS = 60_000;

export class Priorities {
  readonly #times: PriorityTimes;
  readonly #requests: Request[] = [];

  constructor(times: PriorityTimes) {
    this.#times = times;
  }

  /** Null, or why not. */
  request(id: string, stage: number, eta_s: number, now_ms: number, clock_ms: number): string | null {
    if (this.#find(id) !== undefined) return `Priority request ${id} exists already`;
    if (this.#requests.length >= MOST) return `There are ${MOST} priority requests already`;
    this.#requests.push({
      id,
      stage,
      state: "received",
      since_ms: now_ms,
      changed_clock_ms: clock_ms,
      eta_s,
      told: false,
    });
    return null;
  }

  update(id: string, eta_s: number | null): string | null {
    const request = this.#find(id);
    if (request === undefined || OVER.includes(request.state)) return `There is no priority request ${id}`;
    if (eta_s !== null) request.eta_s = eta_s;
    return null;
  }

  cancel(id: string, now_ms: number, clock_ms: number): string | null {
    const request = this.#find(id);
    if (request === undefined || OVER.includes(request.state)) return `There is no priority request ${id}`;
    const end = { received: "rejected", queued: "timeout", activated: "completed" } as const;
    this.#enter(request, end[request.state as keyof typeof end], now_ms, clock_ms);
    return null;
  }

  clear(): void {
    this.#requests.length = 0;
  }

  /** Stages that an activated request asks for. */
  get stages(): readonly number[] {
    return this.#requests.flatMap(({ state, stage }) => (state === "activated" ? [stage] : []));
  }

  get statuses(): readonly PriorityStatus[] {
    return this.#requests.map(({ id, state, changed_clock_ms }) => ({ r: id, t_ms: changed_clock_ms, s: state }));
  }

  /** The list was sent: what is over has been told and leaves it. */
  tell(): void {
    for (const request of this.#requests) if (OVER.includes(request.state)) request.told = true;
  }

  step(now_ms: number, clock_ms: number): void {
    for (let i = this.#requests.length - 1; i >= 0; i--) {
      const request = this.#requests[i];
      if (request === undefined) continue;
      if (OVER.includes(request.state)) {
        if (request.told || now_ms - request.since_ms > FORGET_MS) this.#requests.splice(i, 1);
      }
    }
    for (const request of this.#requests) this.#go(request, now_ms, clock_ms);
  }

  #go(request: Request, now_ms: number, clock_ms: number): void {
    const age_ms = now_ms - request.since_ms;
    if (request.state === "received" && age_ms >= this.#times.activate_ms) {
      this.#enter(request, this.#free(request) ? "activated" : "queued", now_ms, clock_ms);
    } else if (request.state === "queued") {
      if (this.#free(request)) this.#enter(request, "activated", now_ms, clock_ms);
      else if (age_ms >= this.#times.queue_ms) this.#enter(request, "timeout", now_ms, clock_ms);
    } else if (request.state === "activated" && age_ms >= request.eta_s * 1000 + this.#times.stale_ms) {
      this.#enter(request, "stale", now_ms, clock_ms);
    }
  }

  #free({ stage }: Request): boolean {
    return this.stages.every((active) => active === stage);
  }

  #enter(request: Request, state: State, now_ms: number, clock_ms: number): void {
    request.state = state;
    request.since_ms = now_ms;
    request.changed_clock_ms = clock_ms;
  }

  #find(id: string): Request | undefined {
    return this.#requests.find((request) => request.id === id);
  }
}
