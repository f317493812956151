/** The camera's newest picture, about four times a second while someone can see it. */
import type { RefObject } from "preact";
import { useEffect, useRef, useState } from "preact/hooks";
import type { Language } from "../locales/message.ts";

export interface Still {
  readonly url: string;
  /** Server time the picture was taken from the camera. */
  readonly at_ms: number;
}

export interface StillState {
  readonly still: Still | null;
  /** Why there is no picture, in the reader's language; null while there is one or none was asked for yet. */
  readonly reason: string | null;
}

interface Framed {
  /** Put this on the element whose being in view decides whether pictures are asked for. */
  readonly frame: RefObject<HTMLElement | null>;
}

const EVERY_MS = 250;
const RETRY_MS = 2000;
const nothing: StillState = { still: null, reason: null };

/** Asks only while `live`: what is not live has no picture, and its state says why. */
export function useStill(camera: string, language: Language, live: boolean): StillState & Framed {
  const frame = useRef<HTMLElement>(null);
  const [state, setState] = useState<StillState>(nothing);
  useEffect(() => {
    const element = frame.current;
    return element === null || !live ? undefined : follow(camera, language, element, setState);
  }, [camera, language, live]);
  return { ...state, frame };
}

function follow(
  camera: string,
  language: Language,
  element: HTMLElement,
  show: (state: StillState) => void,
): () => void {
  const stop = new AbortController();
  let timer: ReturnType<typeof setTimeout> | undefined;
  let inView = false;
  let asking = false;
  let held: string | null = null;

  const swap = (state: StillState): void => {
    const old = held;
    held = state.still?.url ?? null;
    show(state);
    if (old !== null) URL.revokeObjectURL(old);
  };

  const next = async (): Promise<void> => {
    if (asking || !inView || document.hidden || stop.signal.aborted) return;
    asking = true;
    const started = performance.now();
    const state = await readStill(camera, language, stop.signal);
    asking = false;
    if (stop.signal.aborted) return;
    swap(state);
    const wait_ms = state.still === null ? RETRY_MS : Math.max(50, EVERY_MS - (performance.now() - started));
    timer = setTimeout(again, wait_ms);
  };
  // Resolves always: what goes wrong is part of what is shown.
  const again = (): void => void next();

  const watcher = new IntersectionObserver((entries) => {
    inView = entries.some((entry) => entry.isIntersecting);
    again();
  });
  watcher.observe(element);
  document.addEventListener("visibilitychange", again);
  return () => {
    stop.abort();
    clearTimeout(timer);
    watcher.disconnect();
    document.removeEventListener("visibilitychange", again);
    swap(nothing);
  };
}

async function readStill(camera: string, language: Language, stop: AbortSignal): Promise<StillState> {
  try {
    const headers = { "accept-language": language };
    const response = await fetch(`/api/cameras/${camera}/still.jpg`, { headers, signal: stop });
    if (!response.ok) return { still: null, reason: ((await response.json()) as { message: string }).message };
    const at_ms = Number(response.headers.get("x-picture-at-ms"));
    return { still: { url: URL.createObjectURL(await response.blob()), at_ms }, reason: null };
  } catch {
    // The service is out of reach; the page's connection mark says so, and the next try comes by itself.
    return nothing;
  }
}
