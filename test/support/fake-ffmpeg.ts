/** A program called ffmpeg that does as it is told: the real one's work, or anything but. */
import { chmodSync, mkdirSync, writeFileSync } from "node:fs";
import { delimiter, join } from "node:path";

/**
 * `real`: it is ffmpeg. The others first write the rubbish that was given for stdout and stderr, then: `ends` and
 * `fails` exit, `hangs` stays and does not hear SIGTERM, `floods` writes to stderr without end, `pours` to stdout.
 */
export const ffmpegMoods = ["real", "ends", "fails", "hangs", "floods", "pours"] as const;
export type FfmpegMood = (typeof ffmpegMoods)[number];

export interface FakeFfmpeg {
  /** For `PATH`: the folder of the program, then all that was there before. */
  readonly path: string;
  /** From now on, for whatever is started. Sources whose address holds `spared` are always served by the real one. */
  be(mood: FfmpegMood, stdout: Uint8Array, stderr: Uint8Array): void;
}

const script = (folder: string, real: string, spared: string): string => `#!/bin/sh
case "$*" in *${spared}*) exec ${real} "$@" ;; esac
mood=$(cat ${folder}/mood)
[ "$mood" = real ] && exec ${real} "$@"
cat ${folder}/stderr >&2
cat ${folder}/stdout
case "$mood" in
  ends) exit 0 ;;
  fails) exit 1 ;;
  hangs) exec /usr/bin/python3 -c 'import signal, time; signal.signal(signal.SIGTERM, signal.SIG_IGN); time.sleep(600)' ;;
  floods) exec cat /dev/urandom >&2 ;;
  pours) exec cat /dev/urandom ;;
esac
`;

export function fakeFfmpeg(folder: string, real: string, spared: string): FakeFfmpeg {
  const [bin, state] = [join(folder, "bin"), join(folder, "ffmpeg-state")];
  mkdirSync(bin, { recursive: true });
  mkdirSync(state, { recursive: true });
  const be = (mood: FfmpegMood, stdout: Uint8Array, stderr: Uint8Array): void => {
    writeFileSync(join(state, "stdout"), stdout);
    writeFileSync(join(state, "stderr"), stderr);
    writeFileSync(join(state, "mood"), mood);
  };
  be("real", new Uint8Array(0), new Uint8Array(0));
  const program = join(bin, "ffmpeg");
  writeFileSync(program, script(state, real, spared));
  chmodSync(program, 0o755);
  return { path: `${bin}${delimiter}${process.env["PATH"] ?? ""}`, be };
}
