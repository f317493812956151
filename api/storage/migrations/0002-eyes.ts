/** What the eyes learned to measure: speeds, queues, headways, how well they saw, and turning movements. */
export const eyes = {
  number: 2,
  name: "eyes",
  sql: `
alter table flow_interval
  add column min_headway_s double precision check (min_headway_s >= 0),
  add column median_headway_s double precision check (median_headway_s >= 0),
  add column headway_counts jsonb,
  add column speeds integer check (speeds >= 0),
  add column mean_speed_kmh double precision check (mean_speed_kmh >= 0),
  add column p85_speed_kmh double precision check (p85_speed_kmh >= 0),
  add column mean_queue_veh double precision check (mean_queue_veh >= 0),
  add column max_queue_veh integer check (max_queue_veh >= 0),
  add column max_queue_m double precision check (max_queue_m >= 0),
  add column actuations integer check (actuations >= 0),
  add column frames_expected integer check (frames_expected >= 0),
  add column gaps integer check (gaps >= 0),
  add column longest_gap_s double precision check (longest_gap_s >= 0),
  add column damaged_frames integer check (damaged_frames >= 0),
  add column flags jsonb;

create table movement_interval (
  feed text not null,
  start_ms bigint not null,
  intersection text not null,
  origin text not null check (origin in ('camera', 'simulated')),
  length_s double precision not null check (length_s > 0),
  movements jsonb not null,
  unfinished jsonb not null,
  unentered jsonb not null,
  quality text not null check (quality in ('valid', 'partial', 'missing')),
  frames_seen integer not null check (frames_seen >= 0),
  gap_s double precision not null check (gap_s >= 0),
  primary key (feed, start_ms)
);
create index movement_interval_newest on movement_interval (start_ms desc);
`,
} as const;
