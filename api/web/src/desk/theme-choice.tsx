/** Dark or light, kept for the next time. */
import { useEffect, useState } from "preact/hooks";
import { useReading } from "../parts/reading.tsx";
import { chosenTheme, keepTheme, type Theme } from "./theme.ts";

export function ThemeChoice() {
  const { t } = useReading();
  const [theme, setTheme] = useState<Theme>(chosenTheme);
  useEffect(() => keepTheme(theme), [theme]);
  const other = theme === "dark" ? "light" : "dark";
  return (
    <button type="button" class="plain-button" onClick={() => setTheme(other)} title={t(`desk.theme.${other}`)}>
      <span aria-hidden="true">{theme === "dark" ? "☀" : "☾"}</span>
      <span class="visually-hidden">{t(`desk.theme.${other}`)}</span>
    </button>
  );
}
