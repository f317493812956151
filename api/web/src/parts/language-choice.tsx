/** One button a language, each in its own words. */
import { type Language, languages } from "../locales/message.ts";
import { useReading } from "./reading.tsx";

export function LanguageChoice({ choose }: { choose(language: Language): void }) {
  const { t, language } = useReading();
  return (
    <fieldset class="languages">
      <legend class="visually-hidden">{t("language.label")}</legend>
      {languages.map((each) => (
        <button key={each} type="button" lang={each} aria-pressed={each === language} onClick={() => choose(each)}>
          {t(`language.${each}`)}
        </button>
      ))}
    </fieldset>
  );
}
