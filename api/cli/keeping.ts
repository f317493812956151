/** `greenwave keeping`: what is kept for how long, what is to be deleted, the room that is left, and whether all of it holds. */
import { localDay } from "../../core/keeping/calendar.ts";
import { forecast } from "../../core/keeping/forecast.ts";
import { ruleInForce } from "../../core/keeping/retention.ts";
import { keepingClasses, type RetentionRule } from "../../core/keeping/retention-rules.ts";
import { ok, type Result } from "../../core/problems/problem.ts";
import { watchChains } from "../keeping/chain-watch.ts";
import { siteRules } from "../keeping/site-rules.ts";
import { measureRoom } from "../keeping/usage.ts";
import { recordingsFolder } from "../service/recordings-folder.ts";
import { defaultDataDir, defaultSiteFile, storagePlace } from "../service/settings.ts";
import { systemClock } from "../service/system-clock.ts";
import { loadSite } from "../site/load.ts";
import type { Site } from "../site/schema.ts";
import { openStorage, type Storage } from "../storage/open-storage.ts";
import type { Verb } from "./verb.ts";

const MOST_LISTED = 10_000;
const DAY_MS = 86_400_000;
const LOOK_BACK_DAYS = 30;
const GB = 1e9;

function classesNow(site: Site, now_ms: number): readonly RetentionRule[] {
  const today = localDay(now_ms, site.site.timezone);
  const rules = siteRules(site.keeping);
  return keepingClasses.map((kept) => ruleInForce(rules, kept, today)).filter((rule) => rule !== null);
}

async function stateOf(site: Site, dataDir: string, storage: Storage) {
  const now_ms = systemClock.nowMs();
  const { roots, holds, deletions, samples } = storage.keeping;
  const { quota_gb } = site.keeping;
  const folders = { dataDir, recordings: recordingsFolder(site, dataDir) };
  const { kinds, free_bytes } = await measureRoom(folders, quota_gb === undefined ? null : quota_gb * GB);
  const today = localDay(now_ms, site.site.timezone);
  const since = localDay(now_ms - LOOK_BACK_DAYS * DAY_MS, site.site.timezone);
  const before = (await samples.since(since)).filter(({ day }) => day !== today);
  const usage = [...before, ...kinds.map((each) => ({ day: today, ...each }))];
  const [newest] = await roots.recent(1);
  return {
    classes: classesNow(site, now_ms),
    room: { ...forecast(usage, free_bytes), free_bytes },
    proposed: await deletions.list("proposed", MOST_LISTED),
    under_way: await deletions.list("confirmed", MOST_LISTED),
    holds: await holds.all(MOST_LISTED),
    newest_root: newest === undefined ? null : { day: newest.day, digest: newest.digest },
    findings: await watchChains({ ledger: storage.ledger, roots }, Math.floor(now_ms / DAY_MS)),
  };
}

type State = Awaited<ReturnType<typeof stateOf>>;

const gigabytes = (bytes: number): string => `${(bytes / GB).toFixed(2)} GB`;

function textOf({ classes, room, proposed, holds, newest_root }: State): string {
  const kept = classes.map(({ class: name, keep_h, from, confirmed }) => {
    const time = keep_h === null ? "for good" : `${keep_h / 24} days`;
    return `${name.padEnd(16)}${time.padEnd(12)}from ${from}${confirmed ? "" : ", not held against the law yet"}`;
  });
  const takes = room.kinds.map(({ kind, bytes, days_left }) => {
    const lasts = days_left === null ? "" : `, alone enough for ${Math.floor(days_left)} days`;
    return `${kind.padEnd(16)}${gigabytes(bytes)}${lasts}`;
  });
  const lasts = room.days_left === null ? "" : `, enough for ${Math.floor(room.days_left)} days`;
  return [
    ...kept,
    ...takes,
    `${"free".padEnd(16)}${gigabytes(room.free_bytes)}${lasts}`,
    `${proposed.length} deletions proposed, ${holds.length} cases held`,
    newest_root === null ? "no day is closed yet" : `closed up to ${newest_root.day}: ${newest_root.digest}`,
  ].join("\n");
}

async function readState(siteFile: string, dataDir: string): Promise<Result<State>> {
  const loaded = await loadSite(siteFile);
  if (!loaded.ok) return loaded;
  const storage = await openStorage({ ...storagePlace(dataDir), clock: systemClock });
  if (!storage.ok) return storage;
  try {
    return ok(await stateOf(loaded.value.site, dataDir, storage.value));
  } finally {
    await storage.value.close();
  }
}

export const keepingVerb: Verb = {
  name: "keeping",
  summary: "what is kept for how long, what is to be deleted, and the room that is left",
  positionals: "[site.yaml]",
  maxPositionals: 1,
  options: {
    data: { type: "string", placeholder: "<folder>", help: "the data folder (the service must be stopped)" },
  },
  more:
    "Walks the ledger and the newest signed roots of days too; what does not hold is named, and the exit code is 1. While\n" +
    "the service runs, ask it: GET /api/keeping. Deletions are confirmed there, by the data-protection officer.",
  async run(args) {
    const dataDir = args.text("data") ?? defaultDataDir();
    const state = await readState(args.positionals[0] ?? defaultSiteFile(), dataDir);
    if (!state.ok) return state;
    const { findings, ...document } = state.value;
    const text = textOf(state.value);
    return findings.length === 0 ? { ok: true, document, text } : { ok: false, problems: findings, document, text };
  },
};
