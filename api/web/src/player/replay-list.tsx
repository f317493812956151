/** Which replays can be opened. */
import { PlainTable } from "../parts/plain-table.tsx";
import { useReading } from "../parts/reading.tsx";
import { Trouble } from "../parts/trouble.tsx";

export interface Listed {
  /** Null until they are known, or where they cannot be. */
  readonly replays:
    | readonly { readonly name: string; readonly size_bytes: number; readonly written_ms: number }[]
    | null;
  readonly why: string | null;
  readonly logIn: boolean;
}

const megabyte = 1e6;

export function ReplayList({ listed: { replays, why, logIn } }: { readonly listed: Listed }) {
  const { t, format } = useReading();
  return (
    <main id="main" class="player-list">
      <Trouble why={why} />
      {logIn ? <a href="/desk">{t("account.logIn")}</a> : null}
      {replays?.length === 0 ? <p class="panel quiet">{t("player.none")}</p> : null}
      {replays === null || replays.length === 0 ? null : (
        <PlainTable heads={["player.name", "player.written", "player.size"]}>
          {replays.map(({ name, size_bytes, written_ms }) => (
            <tr key={name}>
              <td>
                <a href={`#/${encodeURIComponent(name)}`}>{name}</a>
              </td>
              <td>{format.day(written_ms)}</td>
              <td>{t("player.megabytes", { size: format.ratio(size_bytes / megabyte) })}</td>
            </tr>
          ))}
        </PlainTable>
      )}
    </main>
  );
}
