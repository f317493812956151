/** How far the chains are under signed roots of days; what is held, is to be deleted, lies elsewhere, and takes room. */
export const keeping = {
  number: 6,
  name: "keeping",
  sql: `
create table day_root (
  day text primary key,
  -- The file as it is published.
  document text not null,
  digest text not null
);

-- "ledger", "audit", or the mark of a case: up to which entry it is under a root.
create table anchored_chain (
  chain text primary key,
  case_id text unique references violation_case (id),
  seq bigint not null,
  hash text not null
);

-- What is held now. Who held and released what before is in the log of the case.
create table legal_hold (
  case_id text primary key references violation_case (id),
  held_by text not null,
  reason text not null,
  since_ms bigint not null
);

create table deletion (
  id bigint generated always as identity primary key,
  case_id text not null references violation_case (id),
  class text not null,
  due_ms bigint not null,
  proposed_ms bigint not null,
  state text not null check (state in ('proposed', 'confirmed', 'done')),
  confirmed_by text,
  confirmed_ms bigint,
  done_ms bigint,
  check (state = 'proposed' or (confirmed_by is not null and confirmed_ms is not null))
);
create unique index deletion_of on deletion (case_id);

-- Packages that were copied elsewhere and read back.
create table stored_package (
  case_id text primary key references violation_case (id),
  manifest_sha256 text not null,
  -- Name, length and SHA-256 of each file.
  files jsonb not null,
  stored_ms bigint not null
);

create table usage_sample (
  day text not null,
  kind text not null,
  bytes bigint not null check (bytes >= 0),
  primary key (day, kind)
);
`,
} as const;
