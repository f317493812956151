/** Log-in; and, with the token that the service wrote when it had no account yet, the first administrator. */
import { useRef, useState } from "preact/hooks";
import { ask } from "../desk/ask.ts";
import { useReading } from "../parts/reading.tsx";
import { Trouble } from "../parts/trouble.tsx";
import { Field, textOf } from "./field.tsx";

interface LogInProps {
  /** The first administrator is to be made. */
  readonly first: boolean;
  /** A session was opened. */
  entered(): Promise<void>;
}

export function LogIn({ first, entered }: LogInProps) {
  const { t, language } = useReading();
  const [trouble, setTrouble] = useState<string | null>(null);
  const [busy, setBusy] = useState(false);
  const password = useRef<HTMLInputElement>(null);

  const submit = async (event: SubmitEvent): Promise<void> => {
    event.preventDefault();
    const form = new FormData(event.currentTarget as HTMLFormElement);
    const who = { name: textOf(form, "name"), password: textOf(form, "password") };
    setBusy(true);
    const token = textOf(form, "token").trim();
    const made = first
      ? await ask("/api/accounts/first", language, { method: "POST", body: { token, ...who } })
      : { ok: true as const };
    const answer = made.ok ? await ask("/api/login", language, { method: "POST", body: who }) : made;
    setBusy(false);
    setTrouble(answer.ok ? null : answer.message);
    if (!answer.ok) return password.current?.select();
    if (first) location.hash = "#/";
    await entered();
  };

  return (
    <form class="panel form" onSubmit={(event) => void submit(event)} aria-labelledby="log-in">
      <h1 id="log-in">{t(first ? "account.first" : "account.logIn")}</h1>
      <p class="quiet small">{t(first ? "account.first.note" : "account.logIn.note")}</p>
      {first ? <Field name="token" label={t("account.token")} autoComplete="off" /> : null}
      <Field name="name" label={t("account.name")} autoComplete="username" focused />
      <Field
        name="password"
        label={t("account.password")}
        type="password"
        autoComplete={first ? "new-password" : "current-password"}
        input={password}
        note={first ? t("account.password.rule") : undefined}
      />
      <Trouble why={trouble} />
      <div class="form-end">
        <button type="submit" class="primary" disabled={busy}>
          {t(first ? "account.first.make" : "account.logIn.go")}
        </button>
        <a href={first ? "#/" : "#/first"}>{t(first ? "account.logIn" : "account.first")}</a>
      </div>
    </form>
  );
}
