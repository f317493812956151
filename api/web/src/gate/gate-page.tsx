/** Plans on their way into the street: all of them, or one; and the controllers they go to. */
import { useCallback, useState } from "preact/hooks";
import { useDesk } from "../desk/desk-context.tsx";
import { PlainTable } from "../parts/plain-table.tsx";
import { useReading } from "../parts/reading.tsx";
import { Trouble } from "../parts/trouble.tsx";
import { DeviceTable } from "./device-table.tsx";
import type { DeviceList, ProposalList, ProposalRow } from "./gate-documents.ts";
import { useNames, useReadAgain } from "./live-reading.ts";
import { ProposalPage } from "./proposal-page.tsx";

export function GatePage({ id }: { readonly id: string | null }) {
  return id === null ? <Overview /> : <ProposalPage key={id} id={id} />;
}

function Overview() {
  const { t } = useReading();
  const { ask } = useDesk();
  const [list, setList] = useState<ProposalList | null>(null);
  const [devices, setDevices] = useState<DeviceList | null>(null);
  const [trouble, setTrouble] = useState<string | null>(null);
  const read = useCallback(async (): Promise<void> => {
    const [proposals, controllers] = await Promise.all([
      ask<ProposalList>("/api/proposals"),
      ask<DeviceList>("/api/devices"),
    ]);
    if (proposals.ok) setList(proposals.value);
    if (controllers.ok) setDevices(controllers.value);
    const [lacking] = [proposals, controllers].filter((answer) => !answer.ok);
    setTrouble(lacking === undefined || lacking.ok ? null : lacking.message);
  }, [ask]);
  useReadAgain(read);
  return (
    <main id="main" class="desk-page">
      <h1>{t("desk.proposals")}</h1>
      <Trouble why={trouble} />
      {list === null ? null : <ProposalTable rows={list.proposals} />}
      {devices === null ? null : <DeviceTable devices={devices.devices} done={read} />}
    </main>
  );
}

function ProposalTable({ rows }: { readonly rows: readonly ProposalRow[] }) {
  const { t, named, format } = useReading();
  const nameOf = useNames();
  return (
    <section class="panel" aria-labelledby="proposals">
      <h2 id="proposals">{t("gate.list")}</h2>
      {rows.length === 0 ? <p class="quiet">{t("gate.list.none")}</p> : null}
      <PlainTable heads={["gate.number", "gate.intersection", "gate.state", "gate.by", "gate.when", "gate.why"]}>
        {rows.map((row) => (
          <tr key={row.id} data-proposal={row.id}>
            <th scope="row">
              <a href={`#/proposals/${row.id}`}>{row.id}</a>
            </th>
            <td>{nameOf(row.intersection)}</td>
            <td>
              {named(`gate.state.${row.state}`, row.state)}
              {row.waits_for === null ? null : <p class="small quiet">{t("gate.waits", { why: row.waits_for })}</p>}
            </td>
            <td>{row.by.startsWith("(") ? t("gate.service") : row.by}</td>
            <td class="moment">{format.day(row.at_ms)}</td>
            <td>{row.reason}</td>
          </tr>
        ))}
      </PlainTable>
    </section>
  );
}
