/** Journeys: the passages of one plate that belong together, in order of time. */
import { useDesk } from "../desk/desk-context.tsx";
import { useReading } from "../parts/reading.tsx";
import type { Passage, TraceAnswer } from "./trace-document.ts";

export function Journeys({ answer }: { readonly answer: TraceAnswer }) {
  const { t } = useReading();
  return (
    <section class="panel" aria-labelledby="journeys">
      <h2 id="journeys">{t("trace.found", { passages: answer.passages.length, journeys: answer.journeys.length })}</h2>
      {answer.passages.length === 0 ? <p class="quiet">{t("trace.none")}</p> : null}
      {answer.journeys.map(({ plate, passages }) => (
        <Passages key={`${plate}${passages[0]?.at_ms ?? 0}`} plate={plate} passages={passages} />
      ))}
    </section>
  );
}

function Passages({ plate, passages }: { readonly plate: string; readonly passages: readonly Passage[] }) {
  const { t, format } = useReading();
  const { site } = useDesk();
  const nameOf = (id: string): string => site.intersections.find((each) => each.id === id)?.name ?? id;
  return (
    <div class="table-scroll journey">
      <table class="plain">
        <caption>
          <span class="plate-plain">{plate}</span>
        </caption>
        <thead>
          <tr>
            <th scope="col">{t("trace.time")}</th>
            <th scope="col">{t("trace.where")}</th>
            <th scope="col">{t("trace.camera")}</th>
            <th scope="col">{t("trace.class")}</th>
            <th scope="col">{t("trace.read")}</th>
          </tr>
        </thead>
        <tbody>
          {passages.map((passage) => (
            <tr key={`${passage.at_ms}${passage.camera}`}>
              <td class="moment">{format.day(passage.at_ms)}</td>
              <td>{nameOf(passage.intersection)}</td>
              <td>{passage.camera}</td>
              <td>{t(`class.${passage.class}`)}</td>
              <td>
                <span class="plate-plain">{passage.plate}</span>{" "}
                <span class="quiet">{format.percent(passage.confidence)}</span>
              </td>
            </tr>
          ))}
        </tbody>
      </table>
    </div>
  );
}
