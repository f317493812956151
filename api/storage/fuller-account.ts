/** Which of two accounts of one window is kept. */

/** How much an interval knows: its quality, then the frames behind it. Takes the name of a row in SQL. */
const knows = (row: string): string =>
  `(case ${row}.quality when 'valid' then 2 when 'partial' then 1 else 0 end, ${row}.frames_seen)`;

/**
 * An insert in which the first of its key stays unless a later one saw more: a resend after a lost acknowledgement
 * counts once, and the fuller account of a window survives a restart of the camera in the middle of it. `distinct on`
 * because one statement may not touch a row twice. The rows are one JSON array, `$1`.
 */
export function insertFullest(table: string, key: readonly string[], columns: readonly string[]): string {
  const names = columns.join(", ");
  const changes = columns.filter((column) => !key.includes(column)).map((column) => `${column} = excluded.${column}`);
  return `
insert into ${table} (${names})
select distinct on (${key.join(", ")}) ${names}
from json_populate_recordset(null::${table}, $1::json) as sent
order by ${key.join(", ")}, ${knows("sent")} desc
on conflict (${key.join(", ")}) do update set ${changes.join(", ")}
where ${knows("excluded")} > ${knows(table)}`;
}
