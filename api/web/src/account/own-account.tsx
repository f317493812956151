/** One's own account: what it may do, and another password. */
import { useState } from "preact/hooks";
import { useDesk } from "../desk/desk-context.tsx";
import { useReading } from "../parts/reading.tsx";
import { Trouble } from "../parts/trouble.tsx";
import { Field, textOf } from "./field.tsx";

export function OwnAccount() {
  const { t, format } = useReading();
  const { me, ask, logOut } = useDesk();
  const [trouble, setTrouble] = useState<string | null>(null);

  const submit = async (event: SubmitEvent): Promise<void> => {
    event.preventDefault();
    const form = new FormData(event.currentTarget as HTMLFormElement);
    const [next, again] = [textOf(form, "new"), textOf(form, "again")];
    if (next !== again) return setTrouble(t("account.password.differ"));
    const answer = await ask("/api/password", { method: "POST", body: { old: textOf(form, "old"), new: next } });
    if (!answer.ok) return setTrouble(answer.message);
    // A new password ends every session of the account, this one among them.
    logOut();
  };

  return (
    <main id="main" class="desk-narrow">
      <section class="panel" aria-labelledby="own">
        <h1 id="own">{me.name}</h1>
        <p>{format.list(me.roles.map((role) => t(`role.${role}`)))}</p>
        <ul class="quiet small permissions">
          {me.permissions.map((permission) => (
            <li key={permission}>{t(`permission.${permission}`)}</li>
          ))}
        </ul>
      </section>
      <form class="panel form" onSubmit={(event) => void submit(event)} aria-labelledby="password">
        <h2 id="password">{t("account.password.change")}</h2>
        <p class="quiet small">{t("account.password.ends")}</p>
        <Field name="old" label={t("account.password.old")} type="password" autoComplete="current-password" />
        <Field
          name="new"
          label={t("account.password.new")}
          type="password"
          autoComplete="new-password"
          note={t("account.password.rule")}
        />
        <Field name="again" label={t("account.password.again")} type="password" autoComplete="new-password" />
        <Trouble why={trouble} />
        <div class="form-end">
          <button type="submit" class="primary">
            {t("account.password.change")}
          </button>
        </div>
      </form>
    </main>
  );
}
