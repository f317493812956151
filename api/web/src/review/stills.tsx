/** Before, at and after the act: small ones to choose from. */
import { useReading } from "../parts/reading.tsx";
import type { CaseDocument, Media } from "./case-document.ts";

type Label = NonNullable<Media["label"]>;

export interface StillsProps {
  readonly document: CaseDocument;
  readonly chosen: Label | null;
  choose(label: Label): void;
  addressOf(id: string, name: string): string;
}

const labels: readonly Label[] = ["a", "b", "c"];

export function Stills({ document, chosen, choose, addressOf }: StillsProps) {
  const { t } = useReading();
  return (
    <fieldset class="stills">
      <legend class="visually-hidden">{t("still.heading")}</legend>
      {labels.map((label) => {
        const media = document.media.find((each) => each.label === label);
        return media === undefined ? null : (
          <button key={label} type="button" aria-pressed={chosen === label} onClick={() => choose(label)}>
            <img src={addressOf(document.id, media.name)} alt="" loading="lazy" />
            <span class="small">
              <kbd>{label.toUpperCase()}</kbd> {t(`still.${label}`)}
            </span>
          </button>
        );
      })}
    </fieldset>
  );
}
