/** Proposed plans, every step that was taken with them, and devices that nothing is written to until somebody has looked. */
export const proposals = {
  number: 7,
  name: "proposals",
  sql: `
-- What a list is chosen by. What a proposal came to is in its steps, and only there.
create table plan_proposal (
  id bigint generated always as identity primary key,
  intersection text not null,
  state text not null,
  steps integer not null
);
create index plan_proposal_newest on plan_proposal (intersection, id desc);
-- Of two proposals for one intersection only one is under way.
create unique index plan_proposal_under_way on plan_proposal (intersection)
  where state in ('sending', 'downloaded', 'observing');

create table proposal_step (
  proposal_id bigint not null references plan_proposal (id),
  number integer not null,
  -- Canonical JSON: its hash is in the entry of the ledger.
  body text not null,
  ledger_seq bigint not null references ledger_entry (seq),
  primary key (proposal_id, number)
);

-- What is known of a controller and outlives the process: the checksum that our own work left, the one that somebody
-- else's left, and who gave it back to its local plan.
create table device_record (
  controller text primary key,
  checksum bigint,
  frozen_checksum bigint,
  frozen_ms bigint,
  released_by text,
  released_reason text,
  released_ms bigint
);
`,
} as const;
