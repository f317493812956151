/** What a worker prints: how many pictures it has done since its start, ten times a second. */
export class Tally {
  #frames = 0;
  readonly #printing = setInterval(() => process.stdout.write(`${this.#frames}\n`), 100);

  add(frames: number): void {
    this.#frames += frames;
  }

  end(): void {
    clearInterval(this.#printing);
  }
}
