/** Every controller: what it runs, whether it may be written to, and the two ways out that one person may take. */
import { useDesk } from "../desk/desk-context.tsx";
import type { MessageKey } from "../locales/message.ts";
import { PlainTable } from "../parts/plain-table.tsx";
import { useReading } from "../parts/reading.tsx";
import { Trouble } from "../parts/trouble.tsx";
import { AskedDialog, type Asking, useAsking } from "./asked.tsx";
import type { Device } from "./gate-documents.ts";

const FREE = 254;
const FLASH = 255;

export function DeviceTable({ devices, done }: { readonly devices: readonly Device[]; done(): Promise<void> }) {
  const { t } = useReading();
  const asking = useAsking(done);
  return (
    <section class="panel" aria-labelledby="devices">
      <h2 id="devices">{t("gate.devices")}</h2>
      <Trouble why={asking.trouble} />
      <p class="quiet" role="status">
        {asking.said}
      </p>
      <PlainTable heads={["gate.intersection", "gate.device.runs", "gate.device.state", "gate.device"]}>
        {devices.map((device) => (
          <DeviceRow key={device.controller} device={device} asking={asking} />
        ))}
      </PlainTable>
      <AskedDialog asking={asking} />
    </section>
  );
}

/** What a pattern number stands for. */
function useRunning(): (pattern: number | null) => string {
  const { t } = useReading();
  return (pattern) => {
    if (pattern === null) return "–";
    if (pattern === FREE) return t("gate.device.free");
    return pattern === FLASH ? t("gate.device.flash") : t("gate.device.pattern", { pattern });
  };
}

function DeviceRow({ device, asking }: { readonly device: Device; readonly asking: Asking }) {
  const { t } = useReading();
  const { may } = useDesk();
  const running = useRunning();
  const { controller, name, frozen, released, forbidden, pattern } = device;
  const button = (title: MessageKey, note: MessageKey, path: string, body: object = {}) => (
    <button
      type="button"
      class="plain-button"
      onClick={() => asking.ask({ title, note, name, path: `/api/devices/${controller}/${path}`, body })}
    >
      {t(title)}…
    </button>
  );
  return (
    <tr data-device={controller}>
      <th scope="row">{name}</th>
      <td>{running(pattern)}</td>
      <td>{forbidden ?? <span class="quiet">{t("gate.device.ready")}</span>}</td>
      <td>
        {controller}
        {device.virtual ? <span class="quiet"> ({t("gate.device.virtual")})</span> : null}
        <div class="gate-buttons">
          {may("release_device") && released === null ? button("gate.release", "gate.release.note", "release") : null}
          {may("release_device") && frozen === null ? button("gate.previous", "gate.previous.note", "previous") : null}
          {may("approve_plan") && released !== null ? button("gate.takeBack", "gate.takeBack.note", "take-back") : null}
          {may("approve_plan") && frozen !== null
            ? button("gate.accept", "gate.accept.note", "accept", { checksum: frozen.checksum })
            : null}
        </div>
      </td>
    </tr>
  );
}
