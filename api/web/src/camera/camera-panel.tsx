/** One camera: its picture with what was found in it, its counts and its state. */
import { useState } from "preact/hooks";
import { useReading } from "../parts/reading.tsx";
import type { CameraView, FeedStatus, FeedView, LineTally } from "../state/page-state.ts";
import { AcceptView } from "./accept-view.tsx";
import { FeedState } from "./feed-state.tsx";
import { LineCounts } from "./line-counts.tsx";
import { viewOfPicture } from "./matching.ts";
import { Overlay } from "./overlay.tsx";
import { RecordingState } from "./recording-state.tsx";
import { type Still, useStill } from "./use-still.ts";

export interface CameraPanelProps {
  readonly camera: CameraView;
  readonly intersectionName: string;
  readonly status: FeedStatus | undefined;
  readonly tallies: readonly LineTally[];
  readonly views: readonly FeedView[];
}

export function CameraPanel({ camera, intersectionName, status, tallies, views }: CameraPanelProps) {
  const { t, language } = useReading();
  const origin = status?.origin ?? camera.origin;
  const live = origin === "camera" && status?.phase === "live";
  const { still, reason, frame } = useStill(camera.id, language, live);
  const ofCamera = tallies.filter(({ feed }) => feed === camera.id);
  return (
    <article class="card camera" data-camera={camera.id}>
      <header class="card-head">
        <h3>{camera.name ?? camera.id}</h3>
        <p class="quiet">
          {t("camera.at", { intersection: intersectionName })} · {t(`feed.origin.${origin}`)}
        </p>
      </header>
      <div class="camera-body">
        <figure class="picture" ref={frame}>
          {still === null ? (
            <p class="picture-empty">
              {origin === "simulated" ? t("camera.noPicture.simulated") : (reason ?? t("camera.noPicture.waiting"))}
            </p>
          ) : (
            <Picture camera={camera} still={still} tallies={ofCamera} view={viewOfPicture(views, still.at_ms)} />
          )}
        </figure>
        <div class="camera-side">
          <FeedState status={status} />
          <AcceptView camera={camera.id} status={status} />
          <RecordingState status={status} />
          <LineCounts camera={camera} tallies={ofCamera} />
        </div>
      </div>
    </article>
  );
}

interface PictureProps {
  readonly camera: CameraView;
  readonly still: Still;
  readonly tallies: readonly LineTally[];
  readonly view: FeedView | null;
}

function Picture({ camera, still, tallies, view }: PictureProps) {
  const { t, format } = useReading();
  const [aspect, setAspect] = useState(16 / 9);
  const note = view === null ? t("camera.boxes.off") : t("camera.boxes.on", { count: view.tracks.length });
  return (
    <>
      <div class="picture-stack">
        <img
          src={still.url}
          alt={t("camera.picture", { camera: camera.name ?? camera.id })}
          onLoad={({ currentTarget: { naturalWidth, naturalHeight } }) => {
            if (naturalHeight > 0) setAspect(naturalWidth / naturalHeight);
          }}
        />
        <Overlay camera={camera} tallies={tallies} view={view} aspect={aspect} />
      </div>
      <figcaption class="small quiet">
        {format.time(still.at_ms)} · {note}
      </figcaption>
    </>
  );
}
