/** Who may log in, and who is. */
export const accounts = {
  number: 3,
  name: "accounts",
  sql: `
create table account (
  name text primary key,
  roles jsonb not null,
  active boolean not null,
  created_ms bigint not null,
  created_by text not null,
  password text not null
);

-- The token itself is with the browser alone.
create table session (
  token_hash text primary key,
  name text not null references account (name),
  began_ms bigint not null,
  seen_ms bigint not null
);
create index session_of on session (name);
`,
} as const;
