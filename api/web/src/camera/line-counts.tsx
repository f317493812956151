/** Crossings of each counting line since the service started. */
import { vehicleClasses } from "../../../../core/traffic/vehicle-class.ts";
import { useReading } from "../parts/reading.tsx";
import type { CameraView, LineTally } from "../state/page-state.ts";

export function LineCounts({
  camera,
  tallies,
}: {
  readonly camera: CameraView;
  readonly tallies: readonly LineTally[];
}) {
  const { t, format } = useReading();
  return (
    <div class="table-scroll">
      <table class="plain">
        <caption>{t("camera.lines")}</caption>
        <thead>
          <tr>
            <th scope="col">{t("camera.line")}</th>
            <th scope="col" class="number">
              {t("camera.forward")}
            </th>
            <th scope="col" class="number">
              {t("camera.backward")}
            </th>
            <th scope="col">{t("camera.byClass")}</th>
          </tr>
        </thead>
        <tbody>
          {camera.lines.map(({ id }) => {
            const tally = tallies.find(({ line }) => line === id);
            const classes = vehicleClasses.filter((name) => (tally?.by_class[name] ?? 0) > 0);
            const mix = classes.map((name) => `${t(`class.${name}`)} ${format.whole(tally?.by_class[name] ?? 0)}`);
            return (
              <tr key={id} data-line={id}>
                <th scope="row">{id}</th>
                <td class="number">{format.whole(tally?.forward ?? 0)}</td>
                <td class="number">{format.whole(tally?.backward ?? 0)}</td>
                <td>{mix.length === 0 ? <span class="quiet">{t("camera.counts.none")}</span> : mix.join(", ")}</td>
              </tr>
            );
          })}
        </tbody>
      </table>
      <p class="quiet small">{t("camera.counts.since")}</p>
    </div>
  );
}
