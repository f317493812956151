/** One question to the service: its answer, or why there is none, in the reader's language. */
import { type Language, message } from "../locales/message.ts";

export interface Refusal {
  readonly ok: false;
  /** HTTP status; 0 when the service was not reached. */
  readonly status: number;
  readonly code: string;
  readonly message: string;
}

export type Answer<T> = { readonly ok: true; readonly value: T } | Refusal;

export interface Question {
  readonly method?: "GET" | "POST" | "PATCH" | "DELETE";
  readonly body?: unknown;
  readonly stop?: AbortSignal;
}

const unreachable = (language: Language): Refusal => ({
  ok: false,
  status: 0,
  code: "UNREACHABLE",
  message: message(language, "desk.unreachable"),
});

async function refusalOf(response: Response, language: Language): Promise<Refusal> {
  const told: unknown = await response.json().catch(() => null);
  const { code, message: words } = (told ?? {}) as { readonly code?: unknown; readonly message?: unknown };
  return {
    ok: false,
    status: response.status,
    code: typeof code === "string" ? code : "UNKNOWN",
    message: typeof words === "string" ? words : message(language, "desk.refused", { status: response.status }),
  };
}

async function send(path: string, language: Language, { method = "GET", body, stop }: Question): Promise<Response> {
  const said = body === undefined ? {} : { "content-type": "application/json" };
  return fetch(path, {
    method,
    headers: { "accept-language": language, ...said },
    ...(body === undefined ? {} : { body: JSON.stringify(body) }),
    ...(stop === undefined ? {} : { signal: stop }),
  });
}

async function answered<T>(
  path: string,
  language: Language,
  question: Question,
  read: (response: Response) => Promise<T>,
): Promise<Answer<T>> {
  try {
    const response = await send(path, language, question);
    return response.ok ? { ok: true, value: await read(response) } : await refusalOf(response, language);
  } catch {
    return unreachable(language);
  }
}

/** Done, and nothing to say of it. */
const NO_CONTENT = 204;

export const ask = <T>(path: string, language: Language, question: Question = {}): Promise<Answer<T>> =>
  answered(
    path,
    language,
    question,
    async (response) => (response.status === NO_CONTENT ? null : await response.json()) as T,
  );

/** For what is saved as a file. */
export const askFile = (path: string, language: Language, question: Question): Promise<Answer<Blob>> =>
  answered(path, language, question, (response) => response.blob());
