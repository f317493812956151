/** Who works here and as what. Only for administrators, who see no evidence themselves. */
import { useCallback, useEffect, useState } from "preact/hooks";
import { type Role, roleNames } from "../../../../core/accounts/roles.ts";
import { useDesk } from "../desk/desk-context.tsx";
import { PlainTable } from "../parts/plain-table.tsx";
import { useReading } from "../parts/reading.tsx";
import { Trouble } from "../parts/trouble.tsx";
import type { Account } from "./account-document.ts";
import { Field, textOf } from "./field.tsx";

export function AccountsPage() {
  const { t } = useReading();
  const { ask } = useDesk();
  const [accounts, setAccounts] = useState<readonly Account[] | null>(null);
  const [trouble, setTrouble] = useState<string | null>(null);

  const read = useCallback(async (): Promise<void> => {
    const answer = await ask<readonly Account[]>("/api/accounts");
    if (answer.ok) setAccounts(answer.value);
    else setTrouble(answer.message);
  }, [ask]);
  useEffect(() => void read(), [read]);

  const change = async (name: string, body: Partial<Pick<Account, "roles" | "active">>): Promise<void> => {
    const answer = await ask(`/api/accounts/${encodeURIComponent(name)}`, { method: "PATCH", body });
    setTrouble(answer.ok ? null : answer.message);
    await read();
  };

  return (
    <main id="main" class="desk-page">
      <section class="panel" aria-labelledby="accounts">
        <h1 id="accounts">{t("desk.accounts")}</h1>
        <Trouble why={trouble} />
        <AccountTable accounts={accounts ?? []} change={change} />
      </section>
      <NewAccount added={read} />
    </main>
  );
}

interface AccountTableProps {
  readonly accounts: readonly Account[];
  change(name: string, body: Partial<Pick<Account, "roles" | "active">>): Promise<void>;
}

function AccountTable({ accounts, change }: AccountTableProps) {
  const { t, format } = useReading();
  const { me } = useDesk();
  return (
    <PlainTable heads={["account.name", "account.roles", "account.created", "account.state"]}>
      {accounts.map((account) => (
        <tr key={account.name} data-account={account.name}>
          <th scope="row">{account.name}</th>
          <td>
            <RoleBoxes
              roles={account.roles}
              label={t("account.roles.of", { name: account.name })}
              locked={account.name === me.name}
              chosen={(roles) => void change(account.name, { roles })}
            />
          </td>
          <td class="quiet">
            {t("account.created.by", { time: format.moment(account.created_ms), name: account.created_by })}
          </td>
          <td>
            {t(account.active ? "account.active" : "account.closed")}{" "}
            {account.name === me.name ? null : (
              <button
                type="button"
                class="plain-button"
                onClick={() => void change(account.name, { active: !account.active })}
              >
                {t(account.active ? "account.close" : "account.open")}
              </button>
            )}
          </td>
        </tr>
      ))}
    </PlainTable>
  );
}

interface RoleBoxesProps {
  readonly roles: readonly Role[];
  readonly label: string;
  readonly locked?: boolean;
  chosen(roles: readonly Role[]): void;
}

function RoleBoxes({ roles, label, locked = false, chosen }: RoleBoxesProps) {
  const { t } = useReading();
  return (
    <fieldset class="role-boxes" disabled={locked}>
      <legend class="visually-hidden">{label}</legend>
      {roleNames.map((role) => (
        <label key={role}>
          <input
            type="checkbox"
            name={role}
            checked={roles.includes(role)}
            onChange={({ currentTarget }) =>
              chosen(roleNames.filter((each) => (each === role ? currentTarget.checked : roles.includes(each))))
            }
          />
          {t(`role.${role}`)}
        </label>
      ))}
    </fieldset>
  );
}

function NewAccount({ added }: { added(): Promise<void> }) {
  const { t } = useReading();
  const { ask } = useDesk();
  const [roles, setRoles] = useState<readonly Role[]>([]);
  const [trouble, setTrouble] = useState<string | null>(null);

  const submit = async (event: SubmitEvent): Promise<void> => {
    event.preventDefault();
    const element = event.currentTarget as HTMLFormElement;
    const form = new FormData(element);
    if (roles.length === 0) return setTrouble(t("account.roles.none"));
    const body = { name: textOf(form, "name"), password: textOf(form, "password"), roles };
    const answer = await ask("/api/accounts", { method: "POST", body });
    setTrouble(answer.ok ? null : answer.message);
    if (!answer.ok) return;
    element.reset();
    setRoles([]);
    await added();
  };

  return (
    <form class="panel form" onSubmit={(event) => void submit(event)} aria-labelledby="new-account">
      <h2 id="new-account">{t("account.add")}</h2>
      <Field name="name" label={t("account.name")} />
      <Field
        name="password"
        label={t("account.password.first")}
        type="password"
        autoComplete="new-password"
        note={t("account.password.rule")}
      />
      <RoleBoxes roles={roles} label={t("account.roles")} chosen={setRoles} />
      <p class="quiet small">{t("account.roles.apart")}</p>
      <Trouble why={trouble} />
      <div class="form-end">
        <button type="submit" class="primary">
          {t("account.add.go")}
        </button>
      </div>
    </form>
  );
}
