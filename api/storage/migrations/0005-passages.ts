/** Plates of passing vehicles, concealed. */
export const passages = {
  number: 5,
  name: "passages",
  sql: `
-- Plain are time, place, class and confidence. The mark holds the day in it: equal marks are the same vehicle on the
-- same day, and of two days none are equal.
create table plate_passage (
  id bigint generated always as identity primary key,
  at_ms bigint not null,
  camera text not null,
  intersection text not null,
  class text not null,
  confidence real not null,
  plate text not null,
  mark text not null,
  until_ms bigint not null,
  unique (mark, camera, at_ms)
);
create index plate_passage_time on plate_passage (at_ms, id);
create index plate_passage_until on plate_passage (until_ms);
`,
} as const;
