/** The replay player: which replays there are, and the one that is open. */
import { useEffect, useState } from "preact/hooks";
import { sentence } from "../../../../core/problems/problem.ts";
import { openReplay, type Replay } from "../../../../core/replay/decode.ts";
import { ask, askFile } from "../desk/ask.ts";
import { ThemeChoice } from "../desk/theme-choice.tsx";
import type { Language } from "../locales/message.ts";
import { LanguageChoice } from "../parts/language-choice.tsx";
import { Mark } from "../parts/mark.tsx";
import { ReadingContext, useReading } from "../parts/reading.tsx";
import { useLanguage, useStreetReading } from "../parts/street-reading.ts";
import { Trouble } from "../parts/trouble.tsx";
import { type Listed, ReplayList } from "./replay-list.tsx";
import { Theatre } from "./theatre.tsx";

export function Player() {
  const [language, setLanguage] = useLanguage();
  const reading = useStreetReading(language, null, 0);
  return (
    <ReadingContext.Provider value={reading}>
      <Opened language={language} choose={setLanguage} />
    </ReadingContext.Provider>
  );
}

/** The replay that the address names after `#/`. */
function useNamed(): string | null {
  const read = (): string | null => (location.hash.length > 2 ? decodeURIComponent(location.hash.slice(2)) : null);
  const [name, setName] = useState(read);
  useEffect(() => {
    const changed = (): void => setName(read());
    addEventListener("hashchange", changed);
    return () => removeEventListener("hashchange", changed);
  }, []);
  return name;
}

type Loaded = { readonly replay: Replay } | { readonly why: string; readonly logIn: boolean } | null;

async function loaded(name: string, language: Language, stop: AbortSignal): Promise<Loaded> {
  const answer = await askFile(`/api/replays/${encodeURIComponent(name)}`, language, { stop });
  if (!answer.ok) return { why: answer.message, logIn: answer.code === "LOGIN_NEEDED" };
  const read = openReplay(new Uint8Array(await answer.value.arrayBuffer()));
  if (read.ok) return { replay: read.value };
  const [first] = read.problems;
  return { why: first === undefined ? "" : sentence(first, language), logIn: false };
}

function useReplay(name: string | null, language: Language): Loaded {
  const [state, setState] = useState<Loaded>(null);
  // Another language is no reason to load the same file again.
  useEffect(() => {
    setState(null);
    if (name === null) return undefined;
    const stop = new AbortController();
    void loaded(name, language, stop.signal).then((result) => {
      if (!stop.signal.aborted) setState(result);
    });
    return () => stop.abort();
  }, [name]);
  return state;
}

/** The replays there are; the only one there is opens by itself. */
function useListed(language: Language): Listed {
  const [listed, setListed] = useState<Listed>({ replays: null, why: null, logIn: false });
  useEffect(() => {
    void ask<{ replays: NonNullable<Listed["replays"]> }>("/api/replays", language).then((answer) => {
      if (!answer.ok) {
        setListed({ replays: null, why: answer.message, logIn: answer.code === "LOGIN_NEEDED" });
        return;
      }
      const { replays } = answer.value;
      setListed({ replays, why: null, logIn: false });
      const [only] = replays;
      if (replays.length === 1 && only !== undefined && location.hash.length < 3) {
        location.replace(`#/${encodeURIComponent(only.name)}`);
      }
    });
  }, [language]);
  return listed;
}

interface OpenedProps {
  readonly language: Language;
  choose(language: Language): void;
}

function Opened({ language, choose }: OpenedProps) {
  const { t } = useReading();
  const name = useNamed();
  const listed = useListed(language);
  const state = useReplay(name, language);
  const several = (listed.replays?.length ?? 0) > 1;
  useEffect(() => {
    document.title = `${name ?? t("player.heading")} · greenwave`;
  }, [name, t]);
  return (
    <>
      <header class="player-head">
        <Mark size={24} />
        <h1>{name ?? t("player.heading")}</h1>
        {name !== null && several ? <a href="#/">{t("player.list")}</a> : null}
        <div class="desk-state">
          <ThemeChoice />
          <LanguageChoice choose={choose} />
        </div>
      </header>
      {name === null ? <ReplayList listed={listed} /> : <Shown state={state} />}
    </>
  );
}

function Shown({ state }: { readonly state: Loaded }) {
  const { t } = useReading();
  if (state === null) {
    return (
      <p class="waiting" role="status">
        {t("player.loading")}
      </p>
    );
  }
  if ("replay" in state) return <Theatre replay={state.replay} />;
  return (
    <div class="player-trouble">
      <Trouble why={state.why} />
      {state.logIn ? <a href="/desk">{t("account.logIn")}</a> : null}
    </div>
  );
}
