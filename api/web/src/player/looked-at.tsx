/** What the pointer is on: a vehicle, or a lane with its queue and its signal. */
import type { Replay } from "../../../../core/replay/decode.ts";
import { useReading } from "../parts/reading.tsx";
import { kinds } from "./kinds.ts";
import type { Moments } from "./moments.ts";
import type { Picked } from "./picking.ts";

export interface LookedAtProps {
  readonly replay: Replay;
  readonly moments: Moments;
  readonly picked: Picked;
}

export function LookedAt(props: LookedAtProps) {
  const { picked } = props;
  return (
    <div class="player-looked" role="status">
      {picked.kind === "vehicle" ? (
        <Vehicle {...props} vehicle={picked.vehicle} />
      ) : (
        <Lane {...props} lane={picked.lane} />
      )}
    </div>
  );
}

const kmh = 3.6;

function Vehicle({ replay, moments, vehicle }: LookedAtProps & { readonly vehicle: number }) {
  const { t, format } = useReading();
  const { vehicles, types } = replay.header;
  const at = moments.vehicle.subarray(0, moments.count).indexOf(vehicle);
  const kind = kinds[moments.kind[vehicle] ?? 0] ?? "other";
  return (
    <>
      <b>{vehicles.ids[vehicle]}</b>
      <span>
        {t(`player.kind.${kind}`)} · {types[vehicles.types[vehicle] ?? 0]?.id}
      </span>
      {at === -1 ? (
        <span class="quiet">{t("player.arrived")}</span>
      ) : (
        <>
          <span>{format.speed_kmh((moments.speed[at] ?? 0) * kmh)}</span>
          <span class="quiet">{t("player.onLane", { lane: replay.lanes[moments.lane[at] ?? 0]?.id ?? "" })}</span>
        </>
      )}
    </>
  );
}

function Lane({ replay, moments, lane }: LookedAtProps & { readonly lane: number }) {
  const { t, format } = useReading();
  const { id = "", length_m = 0 } = replay.lanes[lane] ?? {};
  const queued = moments.queued[lane] ?? 0;
  const letters = replay.header.signals.flatMap(({ lanes }, signal) =>
    lanes.flatMap((each, at) => (each === lane ? [moments.shown[signal]?.charAt(at) ?? ""] : [])),
  );
  return (
    <>
      <b>{t("player.lane", { lane: id })}</b>
      <span>
        {format.metres(length_m)} · {t("player.vehicles", { count: format.whole(moments.onLane[lane] ?? 0) })}
      </span>
      {queued === 0 ? null : (
        <span>
          {t("player.queue", {
            count: format.whole(queued),
            length: format.metres(length_m - (moments.queueFrom_m[lane] ?? length_m)),
          })}
        </span>
      )}
      {letters.length === 0 ? null : <span class="quiet">{t("player.shows", { state: letters.join(" ") })}</span>}
    </>
  );
}
