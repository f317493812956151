/** Keeps the newest small picture for whoever asks. */

/** Pictures come once a second; one older than this is not the newest any more, and the next is waited for. */
const fresh_ms = 1500;

type Jpeg = Uint8Array<ArrayBuffer>;

export class StillCamera {
  #jpeg: Jpeg | null = null;
  #taken_ms = Number.NEGATIVE_INFINITY;
  #wanted: ((jpeg: Jpeg | null) => void)[] = [];

  /** `answer` is called with the newest picture, or with null when there is none to come. */
  ask(now_ms: number, answer: (jpeg: Jpeg | null) => void): void {
    if (this.#jpeg !== null && now_ms - this.#taken_ms < fresh_ms) answer(this.#jpeg);
    else this.#wanted.push(answer);
  }

  /** Every picture. */
  saw(jpeg: Jpeg, now_ms: number): void {
    this.#jpeg = jpeg;
    this.#taken_ms = now_ms;
    for (const answer of this.#wanted.splice(0)) answer(jpeg);
  }

  /** The picture is gone. */
  forget(): void {
    this.#jpeg = null;
    for (const answer of this.#wanted.splice(0)) answer(null);
  }
}
