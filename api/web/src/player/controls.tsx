/** Below the picture: where the replay stands, how fast it goes, and what is shown. */
import { useReading } from "../parts/reading.tsx";
import { clockText, type Playback, paces } from "./playback.ts";
import type { Command } from "./shortcuts.ts";

export interface ControlsProps {
  readonly playback: Playback;
  /** Moment of the scenario at which the replay begins. */
  readonly begin_s: number;
  readonly wishes: { readonly queues: boolean; readonly bySpeed: boolean };
  obey(command: Command): void;
  seek(at_s: number): void;
  pace(pace: number): void;
}

const fractions: Readonly<Record<string, string>> = { "0.25": "¼", "0.5": "½" };

export function Controls({ playback, begin_s, wishes, obey, seek, pace }: ControlsProps) {
  const { t } = useReading();
  const { at_s, length_s, playing } = playback;
  return (
    <div class="player-controls">
      <div class="player-time">
        <output class="player-clock">{clockText(begin_s + at_s)}</output>
        <input
          type="range"
          min={0}
          max={length_s}
          step={1}
          value={Math.floor(at_s)}
          aria-label={t("player.scrub")}
          aria-valuetext={clockText(begin_s + at_s)}
          onInput={(event) => seek(Number(event.currentTarget.value))}
        />
        <span class="quiet small">{clockText(begin_s + length_s)}</span>
      </div>
      <div class="player-buttons">
        <Button obey={obey} command="back" sign="◂" />
        <button type="button" class="player-play" onClick={() => obey("play")}>
          <span aria-hidden="true">{playing ? "❚❚" : "▶"}</span>
          <span class="visually-hidden">{t(playing ? "player.do.pause" : "player.do.play")}</span>
        </button>
        <Button obey={obey} command="on" sign="▸" />
        <label class="player-pace">
          <span class="visually-hidden">{t("player.pace")}</span>
          <select value={playback.pace} onChange={(event) => pace(Number(event.currentTarget.value))}>
            {paces.map((each) => (
              <option key={each} value={each}>
                {`${fractions[each] ?? each}×`}
              </option>
            ))}
          </select>
        </label>
        <span class="player-gap" />
        <Button obey={obey} command="closer" sign="+" />
        <Button obey={obey} command="farther" sign="−" />
        <Button obey={obey} command="fit" sign="⤢" />
        <Toggle on={wishes.queues} flip={() => obey("queues")} text={t("player.queues")} />
        <Toggle on={wishes.bySpeed} flip={() => obey("speeds")} text={t("player.bySpeed")} />
      </div>
      <details class="player-help">
        <summary>{t("player.keys")}</summary>
        <p id="player-keys" class="quiet small">
          {t("player.keys.all")}
        </p>
      </details>
    </div>
  );
}

interface ButtonProps {
  readonly command: "back" | "on" | "closer" | "farther" | "fit";
  readonly sign: string;
  obey(command: Command): void;
}

function Button({ command, sign, obey }: ButtonProps) {
  const { t } = useReading();
  const text = t(`player.do.${command}`);
  return (
    <button type="button" title={text} onClick={() => obey(command)}>
      <span aria-hidden="true">{sign}</span>
      <span class="visually-hidden">{text}</span>
    </button>
  );
}

interface ToggleProps {
  readonly on: boolean;
  readonly text: string;
  flip(): void;
}

function Toggle({ on, text, flip }: ToggleProps) {
  return (
    <button type="button" class="player-toggle" aria-pressed={on} onClick={flip}>
      {text}
    </button>
  );
}
