/** A table of records: headings by key, rows as they come. A narrow screen scrolls it within its own frame. */
import type { ComponentChildren } from "preact";
import type { MessageKey } from "../locales/message.ts";
import { useReading } from "./reading.tsx";

export interface PlainTableProps {
  readonly heads: readonly MessageKey[];
  readonly caption?: ComponentChildren;
  /** Rows of the body. */
  readonly children: ComponentChildren;
}

export function PlainTable({ heads, caption, children }: PlainTableProps) {
  const { t } = useReading();
  return (
    <div class="table-scroll">
      <table class="plain">
        {caption === undefined ? null : <caption>{caption}</caption>}
        <thead>
          <tr>
            {heads.map((head) => (
              <th key={head} scope="col">
                {t(head)}
              </th>
            ))}
          </tr>
        </thead>
        <tbody>{children}</tbody>
      </table>
    </div>
  );
}
