/** All keys at a glance. */
import { Dialog } from "../parts/dialog.tsx";
import { useReading } from "../parts/reading.tsx";
import { capOf, commandGroups, keysOf } from "./shortcuts.ts";

export function HelpDialog({ open, close }: { readonly open: boolean; close(): void }) {
  const { t } = useReading();
  if (!open) return null;
  return (
    <Dialog title={t("help.heading")} close={close} class="help">
      <div class="help-groups">
        {commandGroups.map(({ name, commands }) => (
          <section key={name}>
            <h3>{t(`help.${name}`)}</h3>
            <dl>
              {commands.map((command) => (
                <div key={command}>
                  <dt>
                    {keysOf[command].map((key) => (
                      <kbd key={key}>{capOf(key)}</kbd>
                    ))}
                  </dt>
                  <dd>{t(`command.${command}`)}</dd>
                </div>
              ))}
            </dl>
          </section>
        ))}
      </div>
      <div class="form-end">
        <button type="button" class="primary" onClick={close}>
          {t("help.close")}
        </button>
      </div>
    </Dialog>
  );
}
