/** The player's buttons, for the mouse and for who looks for a key. */
import type { MessageKey } from "../locales/message.ts";
import { useReading } from "../parts/reading.tsx";
import type { Showing } from "./clip-player.ts";
import { type Command, capOf, keysOf } from "./shortcuts.ts";
import type { Commands } from "./use-commands.ts";

interface Button {
  readonly command: Command;
  readonly sign: string;
}

const buttons: readonly Button[] = [
  { command: "start", sign: "|◀" },
  { command: "tenBack", sign: "−10" },
  { command: "frameBack", sign: "−1" },
  { command: "backward", sign: "◀" },
  { command: "play", sign: "▶" },
  { command: "slowly", sign: "¼×" },
  { command: "frameForward", sign: "+1" },
  { command: "tenForward", sign: "+10" },
  { command: "end", sign: "▶|" },
];

export interface PlayerButtonsProps {
  readonly commands: Commands;
  readonly showing: Showing;
}

export function PlayerButtons({ commands, showing }: PlayerButtonsProps) {
  const { t } = useReading();
  const named = (command: Command): MessageKey => `command.${command}`;
  const cap = (command: Command): string => keysOf[command].map(capOf).join(" ");
  return (
    <div class="player-buttons" role="toolbar" aria-label={t("clip.controls")}>
      {buttons.map(({ command, sign }) => (
        <button
          key={command}
          type="button"
          title={`${t(named(command))} (${cap(command)})`}
          aria-label={t(named(command))}
          onClick={commands[command]}
        >
          <span aria-hidden="true">{command === "play" && showing.running !== "paused" ? "❚❚" : sign}</span>
        </button>
      ))}
      <button type="button" class="to-act" onClick={commands.act}>
        {t("command.act")} <kbd>T</kbd>
      </button>
      <span class="quiet small" role="status">
        {t(`clip.running.${showing.running}`, { rate: showing.rate })}
      </span>
    </div>
  );
}
