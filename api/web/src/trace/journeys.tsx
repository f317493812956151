/** Journeys: the passages of one plate that belong together, in order of time. */
import { useDesk } from "../desk/desk-context.tsx";
import { PlainTable } from "../parts/plain-table.tsx";
import { useReading } from "../parts/reading.tsx";
import type { TraceAnswer } from "./trace-document.ts";

export function Journeys({ answer }: { readonly answer: TraceAnswer }) {
  const { t } = useReading();
  return (
    <section class="panel" aria-labelledby="journeys">
      <h2 id="journeys">{t("trace.found", { passages: answer.passages.length, journeys: answer.journeys.length })}</h2>
      {answer.passages.length === 0 ? <p class="quiet">{t("trace.none")}</p> : null}
      {answer.more ? <p class="banner banner-warning">{t("trace.more")}</p> : null}
      {answer.journeys.map((journey) => (
        <Passages key={`${journey.plate}${journey.passages[0]?.at_ms ?? 0}`} journey={journey} />
      ))}
    </section>
  );
}

function Passages({ journey }: { readonly journey: TraceAnswer["journeys"][number] }) {
  const { plate, passages, began, duration_s } = journey;
  const { t, format } = useReading();
  const { site } = useDesk();
  const nameOf = (id: string): string => site.intersections.find((each) => each.id === id)?.name ?? id;
  return (
    <div class="journey">
      <PlainTable
        heads={["trace.time", "trace.where", "trace.camera", "trace.class", "trace.read"]}
        caption={
          <>
            <span class="plate-plain">{plate}</span>{" "}
            <span class="quiet small">
              {t("trace.took", { minutes: format.minutes(duration_s / 60) })}
              {began === "first" ? "" : ` · ${t(`trace.began.${began}`)}`}
            </span>
          </>
        }
      >
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
      </PlainTable>
    </div>
  );
}
