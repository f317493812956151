/** The plate with how sure each of its characters is. Shown last: the behaviour is judged before it is known whose it was. */
import { useDesk } from "../desk/desk-context.tsx";
import { useReading } from "../parts/reading.tsx";
import type { CaseDocument, CasePlate } from "./case-document.ts";

export function PlatePanel({ document }: { readonly document: CaseDocument }) {
  const { t } = useReading();
  const { may } = useDesk();
  const { plate, plate_withheld, id } = document;
  return (
    <section class="plate" aria-labelledby="plate">
      <h3 id="plate">{t("plate.heading")}</h3>
      {plate_withheld ? <p class="quiet">{t(may("see_plates") ? "plate.withheld" : "plate.notYours")}</p> : null}
      {plate === null && !plate_withheld ? <p class="quiet">{t("plate.none")}</p> : null}
      {plate === null ? null : <Plate id={id} plate={plate} />}
    </section>
  );
}

/** Below this, a character is marked: a person should read it in the picture. */
const doubtful = 0.8;

function Plate({ id, plate }: { readonly id: string; readonly plate: CasePlate }) {
  const { t, format } = useReading();
  if (plate.text === null) return <p>{t("plate.unreadable", { frames: plate.frames })}</p>;
  const confidence = format.percent(plate.confidence);
  return (
    <>
      <div class="plate-read">
        <img src={`/api/cases/${encodeURIComponent(id)}/plate.jpg`} alt={t("plate.picture")} />
        <p class="plate-text">
          <span class="visually-hidden">{plate.text}</span>
          {plate.votes.map(({ symbol, share }, place) => (
            <span
              key={`${place}${symbol}`}
              class={share < doubtful ? "vote vote-doubtful" : "vote"}
              aria-hidden="true"
              title={t("plate.vote", { symbol, share: format.percent(share) })}
            >
              {symbol}
              <small>{format.percent(share)}</small>
            </span>
          ))}
        </p>
      </div>
      <p class="quiet small">{t("plate.votes", { agreeing: plate.agreeing, frames: plate.frames, confidence })}</p>
    </>
  );
}
