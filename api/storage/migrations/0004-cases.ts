/** Cases, each with a chained log of its own, and the audit: who saw, took out and decided what. */
export const cases = {
  number: 4,
  name: "cases",
  sql: `
-- What a list is chosen by. The steps of a case are entries of its log, and only there.
create table violation_case (
  id text primary key check (id ~ '^[a-z0-9][a-z0-9-]{0,62}$'),
  camera text not null,
  rule text not null,
  place text not null,
  track bigint not null,
  session_ms double precision not null,
  at_ms double precision not null,
  -- Canonical JSON: its hash is in the first entry of the log.
  detection text not null,
  state text not null,
  evidence_state text not null check (evidence_state in ('pending', 'ready', 'failed', 'deleted')),
  evidence text not null,
  -- Encrypted, with its votes.
  plate text,
  -- Where its log ends.
  log_seq bigint not null,
  log_hash text not null,
  log_at_ms double precision not null,
  -- The same act told again is the same case.
  unique (camera, rule, place, track, session_ms)
);
create index violation_case_newest on violation_case (at_ms desc, id desc);
create index violation_case_evidence on violation_case (evidence_state) where evidence_state <> 'ready';

create table case_entry (
  case_id text not null references violation_case (id),
  seq bigint not null,
  at_ms double precision not null,
  kind text not null,
  body text not null,
  previous text not null,
  hash text not null,
  primary key (case_id, seq)
);

create table audit_entry (
  seq bigint primary key,
  at_ms bigint not null,
  kind text not null,
  body text not null,
  previous text not null,
  hash text not null unique
);
create table audit_tail (
  single boolean primary key default true check (single),
  seq bigint not null,
  hash text not null
);
insert into audit_tail (seq, hash) values (0, repeat('0', 64));
`,
} as const;
