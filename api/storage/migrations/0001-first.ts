/** Flow intervals, detector events, plans and the ledger. Times are milliseconds since the Unix epoch, UTC. */
export const first = {
  number: 1,
  name: "first",
  sql: `
create table flow_interval (
  lane text not null,
  start_ms bigint not null,
  feed text not null,
  intersection text not null,
  origin text not null check (origin in ('camera', 'simulated')),
  length_s double precision not null check (length_s > 0),
  total integer not null check (total >= 0),
  by_class jsonb not null,
  occupancy double precision check (occupancy between 0 and 1),
  mean_headway_s double precision check (mean_headway_s >= 0),
  quality text not null check (quality in ('valid', 'partial', 'missing')),
  frames_seen integer not null check (frames_seen >= 0),
  gap_s double precision not null check (gap_s >= 0),
  primary key (lane, start_ms, feed)
);
create index flow_interval_newest on flow_interval (start_ms desc);

create table detector_event (
  intersection text not null,
  channel integer not null,
  at_ms bigint not null,
  "on" boolean not null,
  origin text not null check (origin in ('camera', 'simulated')),
  primary key (intersection, at_ms, channel, "on")
);
create index detector_event_newest on detector_event (at_ms desc);

create table plan (
  id bigint generated always as identity primary key,
  intersection text not null,
  plan jsonb not null,
  state text not null check (state in ('proposed', 'refused', 'downloaded', 'active', 'failed', 'superseded')),
  at_ms bigint not null,
  reasons jsonb not null
);
create index plan_newest on plan (intersection, id desc);
create unique index plan_in_force on plan (intersection) where state = 'active';

-- The body is canonical JSON as text: jsonb would write numbers in its own way and change what was hashed.
create table ledger_entry (
  seq bigint primary key,
  at_ms bigint not null,
  kind text not null,
  body text not null,
  previous text not null,
  hash text not null unique
);

-- One row: where the chain ends. Locking it orders the writers; comparing it shows a chain cut at its end.
create table ledger_tail (
  single boolean primary key default true check (single),
  seq bigint not null,
  hash text not null
);
insert into ledger_tail (seq, hash) values (0, repeat('0', 64));
`,
} as const;
