/** The staff's side of the page: log-in first, then what their roles allow. */
import { useCallback, useEffect, useMemo, useState } from "preact/hooks";
import { LogIn } from "../account/log-in.tsx";
import type { Language } from "../locales/message.ts";
import { ReadingContext, useReading } from "../parts/reading.tsx";
import { useLanguage, useStreetReading } from "../parts/street-reading.ts";
import type { Site } from "../state/page-state.ts";
import { type Answer, ask, askFile } from "./ask.ts";
import { DeskContext, type DeskParts } from "./desk-context.tsx";
import { DeskHeader } from "./desk-header.tsx";
import { DeskPage } from "./desk-page.tsx";
import { routeOf } from "./route.ts";
import { hopeForSession, type Me, sessionHoped } from "./session.ts";

const RETRY_MS = 2000;

export function Desk() {
  const [language, setLanguage] = useLanguage();
  const site = useSite(language);
  const { me, enter, leave } = useMe(language);
  const reading = useStreetReading(language, site, 0);
  return (
    <ReadingContext.Provider value={reading}>
      {site === null || me === undefined ? (
        <Loading />
      ) : me === null ? (
        <Outside site={site} choose={setLanguage} enter={enter} />
      ) : (
        <Inside site={site} me={me} language={language} leave={leave} choose={setLanguage} />
      )}
    </ReadingContext.Provider>
  );
}

function Loading() {
  const { t } = useReading();
  return (
    <p class="waiting" role="status">
      {t("app.loading")}
    </p>
  );
}

interface Chooser {
  readonly site: Site;
  choose(language: Language): void;
}

function Outside({ site, choose, enter }: Chooser & { readonly enter: () => Promise<void> }) {
  const route = useRoute();
  return (
    <>
      <DeskHeader siteName={site.site.name} choose={choose} route={route} parts={null} />
      <main id="main" class="desk-narrow">
        <LogIn first={route.page === "first"} entered={enter} />
      </main>
    </>
  );
}

interface InsideProps extends Chooser {
  readonly me: Me;
  readonly language: Language;
  leave(): void;
}

function Inside({ site, me, language, leave, choose }: InsideProps) {
  const route = useRoute();
  const parts = useMemo<DeskParts>(() => {
    const watched = async <T,>(asked: Promise<Answer<T>>): Promise<Answer<T>> => {
      const answer = await asked;
      if (!answer.ok && answer.code === "LOGIN_NEEDED") leave();
      return answer;
    };
    return {
      me,
      site,
      ask: (path, question) => watched(ask(path, language, question)),
      askFile: (path, question) => watched(askFile(path, language, question)),
      logOut: () => void ask("/api/logout", language, { method: "POST", body: {} }).then(leave),
    };
  }, [me, site, language, leave]);
  return (
    <DeskContext.Provider value={parts}>
      <DeskHeader siteName={site.site.name} choose={choose} route={route} parts={parts} />
      <DeskPage route={route} />
    </DeskContext.Provider>
  );
}

function useRoute(): ReturnType<typeof routeOf> {
  const [hash, setHash] = useState(location.hash);
  useEffect(() => {
    const changed = (): void => setHash(location.hash);
    addEventListener("hashchange", changed);
    return () => removeEventListener("hashchange", changed);
  }, []);
  return useMemo(() => routeOf(hash), [hash]);
}

/** Asked for until it comes: without the site's names nothing can be shown. */
function useSite(language: Language): Site | null {
  const [site, setSite] = useState<Site | null>(null);
  useEffect(() => {
    if (site !== null) return undefined;
    const stop = new AbortController();
    let timer: ReturnType<typeof setTimeout> | undefined;
    const attempt = async (): Promise<void> => {
      const answer = await ask<Site>("/api/site", language, { stop: stop.signal });
      if (stop.signal.aborted) return;
      if (answer.ok) setSite(answer.value);
      else timer = setTimeout(() => void attempt(), RETRY_MS);
    };
    void attempt();
    return () => {
      clearTimeout(timer);
      stop.abort();
    };
  }, [site, language]);
  return site;
}

interface Session {
  /** Undefined until it is known; null when nobody is logged in. */
  readonly me: Me | null | undefined;
  enter(): Promise<void>;
  leave(): void;
}

function useMe(language: Language): Session {
  const [me, setMe] = useState<Me | null | undefined>(() => (sessionHoped() ? undefined : null));
  const enter = useCallback(async (): Promise<void> => {
    const answer = await ask<Me>("/api/me", language);
    if (answer.ok) hopeForSession(answer.value.name);
    else if (answer.status !== 0) hopeForSession(null);
    setMe(answer.ok ? answer.value : null);
  }, [language]);
  const leave = useCallback((): void => {
    hopeForSession(null);
    setMe(null);
  }, []);
  useEffect(() => {
    if (me === undefined) void enter();
  }, [me, enter]);
  return { me, enter, leave };
}
