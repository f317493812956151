/** Dark unless the reader chose otherwise: cases are judged in control rooms. */

export type Theme = "dark" | "light";

const KEY = "greenwave.theme";

export const chosenTheme = (): Theme => (localStorage.getItem(KEY) === "light" ? "light" : "dark");

export function keepTheme(theme: Theme): void {
  localStorage.setItem(KEY, theme);
  document.documentElement.dataset["theme"] = theme;
}
