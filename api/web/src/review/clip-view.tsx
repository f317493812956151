/** The pictures of a case: the clip picture by picture with the signal of each moment, and the three stills. */
import { useEffect, useRef, useState } from "preact/hooks";
import { useReading } from "../parts/reading.tsx";
import type { CaseDocument, Media } from "./case-document.ts";
import { ClipPlayer, type Showing } from "./clip-player.ts";
import { MomentBar } from "./moment-bar.tsx";
import { PlayerButtons } from "./player-buttons.tsx";
import { SignalStrip } from "./signal-strip.tsx";
import { Stills } from "./stills.tsx";
import { useCommands } from "./use-commands.ts";

type StillLabel = NonNullable<Media["label"]>;

const atRest: Showing = { frame: 0, running: "paused", rate: 1 };

export function ClipView({ document }: { readonly document: CaseDocument }) {
  const { t } = useReading();
  const [label, setLabel] = useState<StillLabel | null>(null);
  const { video, player, showing, broken } = usePlayer(document);
  const { evidence, clip, media } = document;
  const still = label === null ? undefined : media.find((each) => each.label === label);
  const look = (chosen: StillLabel): void => {
    player.current?.pause();
    setLabel(chosen === label ? null : chosen);
  };
  const play = (command: (player: ClipPlayer) => void) => (): void => {
    setLabel(null);
    if (player.current !== null) command(player.current);
  };
  const commands = {
    play: play((each) => each.playOrPause()),
    pause: play((each) => each.pause()),
    forward: play((each) => each.forward()),
    backward: play((each) => each.backward()),
    slowly: play((each) => each.slowly()),
    frameForward: play((each) => each.step(1)),
    frameBack: play((each) => each.step(-1)),
    tenForward: play((each) => each.step(10)),
    tenBack: play((each) => each.step(-10)),
    act: play((each) => each.toMoment(clip?.act_s ?? 0)),
    start: play((each) => each.toFrame(0)),
    end: play((each) => each.toFrame(each.frames - 1)),
  };
  useCommands({
    ...commands,
    stillA: () => look("a"),
    stillB: () => look("b"),
    stillC: () => look("c"),
    video: () => setLabel(null),
  });
  if (evidence.state !== "ready" || clip === null) return <NoClip document={document} />;
  return (
    <section class="clip" aria-label={t("clip.heading")}>
      <div class="clip-picture">
        <video
          ref={video}
          class={still === undefined ? undefined : "clip-hidden"}
          src={addressOf(document.id, media.find(({ kind }) => kind === "clip")?.name ?? "")}
          muted
          playsInline
          preload="auto"
          aria-label={t("clip.video")}
        />
        {still === undefined ? null : (
          <img src={addressOf(document.id, still.name)} alt={t(`still.${still.label ?? "a"}`)} />
        )}
        {broken ? (
          <p class="clip-broken" role="alert">
            {t("clip.broken")}
          </p>
        ) : null}
      </div>
      <MomentBar document={document} clip={clip} showing={showing} />
      <SignalStrip document={document} clip={clip} showing={showing} seek={(frame) => player.current?.toFrame(frame)} />
      <PlayerButtons commands={commands} showing={showing} />
      <Stills document={document} chosen={label} choose={look} addressOf={addressOf} />
    </section>
  );
}

const addressOf = (id: string, name: string): string =>
  `/api/cases/${encodeURIComponent(id)}/media/${encodeURIComponent(name)}`;

function usePlayer({ clip, evidence }: CaseDocument) {
  const video = useRef<HTMLVideoElement>(null);
  const player = useRef<ClipPlayer | null>(null);
  const [showing, setShowing] = useState(atRest);
  const [broken, setBroken] = useState(false);
  // A case that is read again has the same clip: its player stays.
  const times =
    evidence.state === "ready" && clip !== null ? JSON.stringify(clip.pictures.map(({ media_s }) => media_s)) : "";
  useEffect(() => {
    const element = video.current;
    if (element === null || times === "") return undefined;
    const made = new ClipPlayer(element, JSON.parse(times) as number[], setShowing);
    player.current = made;
    const failed = (): void => setBroken(true);
    element.addEventListener("error", failed);
    return () => {
      element.removeEventListener("error", failed);
      player.current = null;
      made.close();
    };
  }, [times]);
  return { video, player, showing, broken };
}

/** Why there is nothing to look at yet, or any more. */
function NoClip({ document: { evidence, evidence_trouble: trouble } }: { readonly document: CaseDocument }) {
  const { t } = useReading();
  return (
    <section class="clip clip-none" aria-label={t("clip.heading")}>
      <p role="status">{t(`evidence.${evidence.state}.note`)}</p>
      {trouble === null ? null : <p class="quiet small">{trouble}</p>}
    </section>
  );
}
