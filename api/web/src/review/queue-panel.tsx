/** The queue: what waits, narrowed by rule, camera and state. Arrow up and down walk through it. */
import type { RefObject } from "preact";
import { caseStates } from "../../../../core/cases/states.ts";
import { ruleNames } from "../../../../core/violations/ruling.ts";
import { useDesk } from "../desk/desk-context.tsx";
import { caseAddress } from "../desk/route.ts";
import { useReading } from "../parts/reading.tsx";
import type { CaseRow } from "./case-document.ts";
import type { Queue, QueueFilter } from "./use-queue.ts";

export interface QueuePanelProps {
  readonly queue: Queue;
  readonly filter: QueueFilter;
  /** The case that is open. */
  readonly open: string | null;
  readonly list: RefObject<HTMLDivElement | null>;
  choose(filter: QueueFilter): void;
  help(): void;
}

export function QueuePanel({ queue, filter, open, list, choose, help }: QueuePanelProps) {
  const { t } = useReading();
  return (
    <section class="queue" aria-labelledby="queue">
      <header class="queue-head">
        <h1 id="queue">{t("queue.heading")}</h1>
        <button type="button" class="plain-button" onClick={help}>
          {t("help.open")} <kbd>?</kbd>
        </button>
      </header>
      <Filters filter={filter} choose={choose} />
      {queue.trouble === null ? null : (
        <p class="trouble" role="alert">
          {queue.trouble}
        </p>
      )}
      <div class="queue-list" ref={list}>
        {queue.cases?.length === 0 ? <p class="quiet">{t("queue.empty")}</p> : null}
        <ul>
          {queue.cases?.map((row) => (
            <li key={row.id}>
              <Row row={row} open={row.id === open} />
            </li>
          ))}
        </ul>
        {queue.more ? (
          <button type="button" class="plain-button" onClick={() => void queue.readMore()}>
            {t("queue.more")}
          </button>
        ) : null}
      </div>
    </section>
  );
}

/** Moves the focus among the rows, as in any list. */
function walk(event: KeyboardEvent): void {
  const by = event.key === "ArrowDown" ? 1 : event.key === "ArrowUp" ? -1 : 0;
  if (by === 0) return;
  const here = event.currentTarget as HTMLElement;
  const rows = [...(here.closest("ul")?.querySelectorAll<HTMLElement>("a") ?? [])];
  rows[rows.indexOf(here) + by]?.focus();
  event.preventDefault();
}

function Row({ row, open }: { readonly row: CaseRow; readonly open: boolean }) {
  const { t, format } = useReading();
  const { site } = useDesk();
  const where = site.intersections.find(({ id }) => id === row.intersection)?.name ?? row.intersection;
  return (
    <a
      class="queue-row"
      href={caseAddress(row.id)}
      aria-current={open ? "true" : undefined}
      data-case={row.id}
      onKeyDown={walk}
    >
      <span class="queue-rule">
        <span class={row.mine ? "dot dot-mine" : "dot"} aria-hidden="true" />
        {t(`rule.${row.rule}`)}
        {row.staged ? <span class="badge badge-staged">{t("case.staged")}</span> : null}
      </span>
      <span class="quiet small">
        {where} · {t(`class.${row.class}`)}
      </span>
      <span class="quiet small">
        {format.moment(row.at_ms)} · {t(`state.${row.state}`)}
        {row.evidence.state === "ready" ? null : ` · ${t(`evidence.${row.evidence.state}`)}`}
      </span>
      {row.mine ? <span class="visually-hidden">{t("queue.mine")}</span> : null}
    </a>
  );
}

function Filters({ filter, choose }: Pick<QueuePanelProps, "filter" | "choose">) {
  const { t } = useReading();
  const { site } = useDesk();
  const select = (name: "rule" | "camera" | "state", options: readonly (readonly [string, string])[]) => (
    <select
      aria-label={t(`queue.${name}`)}
      value={filter[name]}
      onChange={({ currentTarget }) => choose({ ...filter, [name]: currentTarget.value })}
    >
      <option value="">{t(`queue.${name}.any`)}</option>
      {options.map(([value, text]) => (
        <option key={value} value={value}>
          {text}
        </option>
      ))}
    </select>
  );
  return (
    <div class="queue-filters">
      {select(
        "rule",
        ruleNames.map((rule) => [rule, t(`rule.${rule}`)]),
      )}
      {select(
        "camera",
        site.cameras.map(({ id, name }) => [id, name ?? id]),
      )}
      {select(
        "state",
        caseStates.map((state) => [state, t(`state.${state}`)]),
      )}
      <label>
        <input
          type="checkbox"
          checked={filter.mine}
          onChange={({ currentTarget }) => choose({ ...filter, mine: currentTarget.checked })}
        />
        {t("queue.onlyMine")}
      </label>
    </div>
  );
}
