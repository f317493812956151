/** The first messages of a connection: what each side says of itself, and whether the two can go on together. */
import type { MessageOf } from "./messages.ts";
import { atLeast, type CoreVersion, highestCommon, SXL_NAME, type SxlVersion, sxlVersion } from "./versions.ts";

type VersionMessage = MessageOf<"Version">;

export interface Agreement {
  readonly core: CoreVersion;
  readonly sxl: SxlVersion;
  /** The peer's own spellings, to be repeated to it. */
  readonly coreSpelling: string;
  readonly sxlSpelling: string;
  readonly siteId: string;
  /** Whether the supervisor wants alarms (3.3 asks; before it always does). */
  readonly receiveAlarms: boolean;
}

export type Agreed =
  | { readonly ok: true; readonly agreement: Agreement }
  | { readonly ok: false; readonly reason: string };

const refused = (reason: string): Agreed => ({ ok: false, reason });

export interface SiteWords {
  readonly siteId: string;
  readonly cores: readonly CoreVersion[];
  readonly sxl: SxlVersion;
}

/** The site speaks first. With 3.3 among its versions it adds what 3.3 asks for; older peers overlook that. */
export function siteVersion({ siteId, cores, sxl }: SiteWords): object {
  const whole = { type: "Version", RSMP: cores.map((vers) => ({ vers })), siteId: [{ sId: siteId }], SXL: sxl };
  if (!cores.some((core) => atLeast(core, "3.3.0"))) return whole;
  return { ...whole, step: "Request", SXLS: [{ name: SXL_NAME, version: sxl }] };
}

const spellings = (message: VersionMessage): readonly string[] => message.RSMP.map(({ vers }) => vers);

const coreRefusal = (message: VersionMessage, ours: readonly string[]): string =>
  `RSMP versions [${spellings(message).join(", ")}] offered, but only [${ours.join(", ")}] supported`;

/** What the site makes of the supervisor's answer. */
export function readSupervisorVersion(message: VersionMessage, words: SiteWords): Agreed {
  const common = highestCommon(words.cores, spellings(message));
  if (common === null) return refused(coreRefusal(message, words.cores));
  const ids = message.siteId?.map(({ sId }) => sId);
  if (ids !== undefined && !ids.includes(words.siteId)) {
    return refused(`Site id [${ids.join(", ")}] is not ours, which is ${words.siteId}`);
  }
  const agreement = {
    core: common.version,
    sxl: words.sxl,
    coreSpelling: common.spelling,
    sxlSpelling: words.sxl,
    siteId: words.siteId,
    receiveAlarms: message.receiveAlarms ?? true,
  };
  if (message.SXLS !== undefined) {
    const taken = message.SXLS.find(({ name, rejected }) => name === SXL_NAME && rejected === undefined);
    return taken?.version !== undefined && sxlVersion(taken.version) === words.sxl
      ? { ok: true, agreement }
      : refused(`SXL ${SXL_NAME} ${words.sxl} was not accepted`);
  }
  if (message.SXL === undefined) return refused("SXL version is missing");
  return sxlVersion(message.SXL) === words.sxl
    ? { ok: true, agreement }
    : refused(`SXL version ${message.SXL} is not ours, which is ${words.sxl}`);
}

export interface SupervisorWords {
  readonly supervisorId: string;
  readonly cores: readonly CoreVersion[];
  readonly sxls: readonly SxlVersion[];
  /** Null takes every site. */
  readonly siteIds: readonly string[] | null;
}

/** What the supervisor makes of a site's first message. A site that cannot speak 3.3 says so by leaving its words out. */
export function readSiteVersion(message: VersionMessage, words: SupervisorWords): Agreed {
  const cores = words.cores.filter((core) => message.SXLS !== undefined || !atLeast(core, "3.3.0"));
  const common = highestCommon(cores, spellings(message));
  if (common === null) return refused(coreRefusal(message, cores));
  const siteId = message.siteId?.[0]?.sId;
  if (siteId === undefined) return refused("Site id is missing");
  if (words.siteIds !== null && !words.siteIds.includes(siteId)) return refused(`Site id ${siteId} is not known`);
  const offered = atLeast(common.version, "3.3.0")
    ? message.SXLS?.find(({ name }) => name === SXL_NAME)?.version
    : (message.SXL ?? message.SXLS?.find(({ name }) => name === SXL_NAME)?.version);
  if (offered === undefined) return refused("SXL version is missing");
  const sxl = sxlVersion(offered);
  if (sxl === null || !words.sxls.includes(sxl)) {
    return refused(`SXL version ${offered} is not supported; supported are [${words.sxls.join(", ")}]`);
  }
  const spelled = { coreSpelling: common.spelling, sxlSpelling: offered };
  return { ok: true, agreement: { core: common.version, sxl, ...spelled, siteId, receiveAlarms: true } };
}

/** The supervisor's answer, in the form of the version agreed on. */
export function supervisorVersion(words: SupervisorWords, agreement: Agreement, request: VersionMessage): object {
  if (atLeast(agreement.core, "3.3.0")) {
    const others = (request.SXLS ?? []).filter(({ name }) => name !== SXL_NAME);
    return {
      type: "Version",
      step: "Response",
      RSMP: [{ vers: agreement.coreSpelling }],
      supervisorId: words.supervisorId,
      SXLS: [
        { name: SXL_NAME, version: agreement.sxlSpelling },
        ...others.map(({ name, version }) => ({
          name,
          ...(version === undefined ? {} : { version }),
          rejected: 1,
          reason: "SXL not supported",
        })),
      ],
      receiveAlarms: true,
    };
  }
  const older = words.cores.filter((core) => !atLeast(core, "3.3.0"));
  return {
    type: "Version",
    RSMP: older.map((core) => ({ vers: core === agreement.core ? agreement.coreSpelling : core })),
    siteId: [{ sId: agreement.siteId }],
    SXL: agreement.sxlSpelling,
  };
}
