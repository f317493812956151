/** What verbs ask of the running service, some of it in the name of an account. */
import { z } from "zod";
import { failed, ok, problem, type Result } from "../../core/problems/problem.ts";

export interface ServiceQuestion {
  /** Of the service, such as http://127.0.0.1:8080. */
  readonly base: string;
  readonly path: string;
  /** Absent: a GET. */
  readonly body?: unknown;
}

export const PASSWORD_VARIABLE = "GREENWAVE_PASSWORD";
const patience_ms = 5000;
const refusalSchema = z.object({ message: z.string() });

interface Answer<T> {
  readonly document: T;
  /** The session that it may have opened. */
  readonly cookie: string;
}

async function asked<T>(
  { base, path, body }: ServiceQuestion,
  cookie: string,
  schema: z.ZodType<T>,
  stop: AbortSignal,
): Promise<Result<Answer<T>>> {
  const url = new URL(path, base);
  const headers = { "content-type": "application/json", cookie };
  const request =
    body === undefined ? { headers: { cookie } } : { method: "POST", headers, body: JSON.stringify(body) };
  try {
    const signal = AbortSignal.any([stop, AbortSignal.timeout(patience_ms)]);
    const answer = await fetch(url, { ...request, signal });
    const document: unknown = await answer.json();
    const understood = schema.safeParse(document);
    const [opened = ""] = (answer.headers.getSetCookie()[0] ?? "").split(";", 1);
    if (answer.ok && understood.success) return ok({ document: understood.data, cookie: opened });
    const refusal = refusalSchema.safeParse(document);
    const reason = refusal.success ? refusal.data.message : `HTTP status ${answer.status}.`;
    return failed(problem("SERVICE_REFUSED", { url: url.origin, reason }));
  } catch (error) {
    const cause = error instanceof Error && error.cause instanceof Error ? error.cause : error;
    const reason = cause instanceof Error ? cause.message : String(cause);
    return failed(problem("SERVICE_SILENT", { url: url.origin, reason }));
  }
}

/** A document of the running service that is open to everybody. Fails with SERVICE_REFUSED or SERVICE_SILENT. */
export async function askService<T>(
  question: ServiceQuestion,
  schema: z.ZodType<T>,
  stop: AbortSignal,
): Promise<Result<T>> {
  const answer = await asked(question, "", schema, stop);
  return answer.ok ? ok(answer.value.document) : answer;
}

/** The same in the name of an account: logs in with the password in GREENWAVE_PASSWORD, asks, and logs out again. */
export async function askAs<T>(
  account: string,
  question: ServiceQuestion,
  schema: z.ZodType<T>,
  stop: AbortSignal,
): Promise<Result<T>> {
  const password = process.env[PASSWORD_VARIABLE];
  if (password === undefined) return failed(problem("PASSWORD_UNSET", { variable: PASSWORD_VARIABLE, account }));
  const { base } = question;
  const login = { base, path: "/api/login", body: { name: account, password } };
  const session = await asked(login, "", z.object({ name: z.string() }), stop);
  if (!session.ok) return session;
  const { cookie } = session.value;
  const answer = await asked(question, cookie, schema, stop);
  await asked({ base, path: "/api/logout", body: {} }, cookie, z.object({}), stop);
  return answer.ok ? ok(answer.value.document) : answer;
}
