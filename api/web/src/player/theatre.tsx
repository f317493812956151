/** One replay: the picture, what is told of it, and everything by which it is driven. */
import { useCallback, useEffect, useMemo, useRef, useState } from "preact/hooks";
import type { Replay } from "../../../../core/replay/decode.ts";
import { useReading } from "../parts/reading.tsx";
import { Controls } from "./controls.tsx";
import { Legend } from "./legend.tsx";
import { LookedAt } from "./looked-at.tsx";
import type { Moments } from "./moments.ts";
import type { Picked } from "./picking.ts";
import { type Playback, paced, soughtTo, stepped, toggled } from "./playback.ts";
import { ScaleBar } from "./scale-bar.tsx";
import { type Command, commandOf } from "./shortcuts.ts";
import { Stage } from "./stage.ts";
import { usePointer } from "./use-pointer.ts";
import type { View } from "./view.ts";

/** Numbers beside the picture change so often at most. */
const tell_ms = 120;
const far_s = 30;
const pan_px = 80;
const zoomStep = 1.4;

interface Told {
  readonly playback: Playback;
  readonly byKind: readonly number[];
  readonly standing: number;
  readonly view: View;
}

const toldOf = (playback: Playback, moments: Moments, view: View): Told => ({
  playback,
  view,
  byKind: [...moments.byKind],
  standing: moments.standing,
});

const changes: Partial<Readonly<Record<Command, (playback: Playback) => Playback>>> = {
  play: toggled,
  back: (playback) => stepped(playback, -1),
  on: (playback) => stepped(playback, 1),
  far_back: (playback) => stepped(playback, -far_s),
  far_on: (playback) => stepped(playback, far_s),
  begin: (playback) => soughtTo(playback, 0),
  end: (playback) => soughtTo(playback, playback.length_s),
  slower: (playback) => paced(playback, -1),
  faster: (playback) => paced(playback, 1),
};

const sights: Partial<Readonly<Record<Command, (stage: Stage) => void>>> = {
  closer: (stage) => stage.zoom(zoomStep),
  farther: (stage) => stage.zoom(1 / zoomStep),
  fit: (stage) => stage.fit(),
  left: (stage) => stage.pan(pan_px, 0),
  right: (stage) => stage.pan(-pan_px, 0),
  up: (stage) => stage.pan(0, pan_px),
  down: (stage) => stage.pan(0, -pan_px),
};

export function Theatre({ replay }: { readonly replay: Replay }) {
  const { t } = useReading();
  const frame = useRef<HTMLDivElement>(null);
  const roads = useRef<HTMLCanvasElement>(null);
  const traffic = useRef<HTMLCanvasElement>(null);
  const [told, setTold] = useState<Told | null>(null);
  const [looked, setLooked] = useState<Picked | null>(null);
  const [wishes, setWishes] = useState({ queues: true, bySpeed: false });
  const stage = useStage(replay, { frame, roads, traffic }, setTold);
  useEffect(() => stage?.wish(wishes), [stage, wishes]);

  const look = useCallback(
    (px?: number, py?: number, keep = false): void => {
      const found = stage?.at(px, py) ?? null;
      setLooked(found);
      if (keep) stage?.wish({ chosen: found?.kind === "vehicle" ? found.vehicle : null });
    },
    [stage],
  );
  const obey = useCallback(
    (command: Command): void => {
      const change = changes[command];
      if (change !== undefined) stage?.change(change);
      else if (command === "queues") setWishes((now) => ({ ...now, queues: !now.queues }));
      else if (command === "speeds") setWishes((now) => ({ ...now, bySpeed: !now.bySpeed }));
      else if (command === "look") look(undefined, undefined, true);
      else if (stage !== null) sights[command]?.(stage);
    },
    [stage, look],
  );
  useKeys(obey);
  usePointer(frame, stage, look);

  return (
    <main id="main" class="theatre">
      <div class="picture" ref={frame}>
        <canvas ref={roads} />
        <canvas ref={traffic} tabIndex={0} role="img" aria-label={t("player.picture")} aria-describedby="player-keys" />
        <span class="crosshair" aria-hidden="true" />
        {stage === null || looked === null || told === null ? null : (
          <LookedAt replay={replay} moments={stage.moments} picked={looked} />
        )}
        {told === null ? null : <ScaleBar view={told.view} />}
        {told === null ? null : <Legend counts={told.byKind} standing={told.standing} bySpeed={wishes.bySpeed} />}
      </div>
      {told === null ? null : (
        <Controls
          playback={told.playback}
          begin_s={replay.header.begin_s}
          wishes={wishes}
          obey={obey}
          seek={(at_s) => stage?.change((playback) => soughtTo(playback, at_s))}
          pace={(pace) => stage?.change((playback) => ({ ...playback, pace }))}
        />
      )}
    </main>
  );
}

interface Elements {
  readonly frame: { readonly current: HTMLDivElement | null };
  readonly roads: { readonly current: HTMLCanvasElement | null };
  readonly traffic: { readonly current: HTMLCanvasElement | null };
}

function useStage(replay: Replay, elements: Elements, tell: (told: Told) => void): Stage | null {
  const [stage, setStage] = useState<Stage | null>(null);
  const parts = useMemo(() => elements, [elements.frame, elements.roads, elements.traffic]);
  useEffect(() => {
    const [frame, roads, traffic] = [parts.frame.current, parts.roads.current, parts.traffic.current];
    if (frame === null || roads === null || traffic === null) return undefined;
    let last_ms = 0;
    const made = new Stage(replay, { roads, traffic }, (playback, moments, view) => {
      const now_ms = performance.now();
      if (playback.playing && now_ms - last_ms < tell_ms) return;
      last_ms = now_ms;
      tell(toldOf(playback, moments, view));
    });
    const sized = new ResizeObserver(() => {
      made.resize({ width: frame.clientWidth, height: frame.clientHeight }, devicePixelRatio);
    });
    sized.observe(frame);
    const recoloured = new MutationObserver(() => made.recolour());
    recoloured.observe(document.documentElement, { attributeFilter: ["data-theme"] });
    setStage(made);
    return () => {
      sized.disconnect();
      recoloured.disconnect();
      made.close();
    };
  }, [replay, parts, tell]);
  return stage;
}

function useKeys(obey: (command: Command) => void): void {
  useEffect(() => {
    const typed = (event: KeyboardEvent): void => {
      const onControl =
        event.target instanceof HTMLButtonElement ||
        event.target instanceof HTMLSelectElement ||
        event.target instanceof HTMLAnchorElement ||
        event.target instanceof HTMLInputElement;
      const command = commandOf(event, onControl);
      if (command === null) return;
      event.preventDefault();
      obey(command);
    };
    addEventListener("keydown", typed);
    return () => removeEventListener("keydown", typed);
  }, [obey]);
}
