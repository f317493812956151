/** What the lamps of one intersection show, asked often: for rules, which need it to a fraction of a second. */
import type { Result } from "../problems/problem.ts";

export interface LampReading {
  readonly controller: string;
  readonly intersection: string;
  /** When the answer came: the lamps showed this at some moment before. */
  readonly at_ms: number;
  /** Phases by what they show; one in no list shows nothing. */
  readonly greens: readonly number[];
  readonly yellows: readonly number[];
  readonly reds: readonly number[];
  /** A person switches by hand: what is seen at the lamps is not what drivers are told. */
  readonly manual: boolean;
  /** Of the answer's datagram as it came. */
  readonly reply_sha256: string;
}

export interface LampReader {
  readonly id: string;
  readonly intersection: string;
  lamps(): Promise<Result<LampReading>>;
}
