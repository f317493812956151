/** The page may not import the service, so it writes down what it reads. This file does not compile when they differ. */
import { describe, expectTypeOf, it } from "vitest";
import type { Account } from "../../../api/accounts/account-store.ts";
import type { CaseDocument } from "../../../api/http/cases/document.ts";
import type { PageState } from "../../../api/http/page-state.ts";
import type { PublicSite } from "../../../api/http/site.ts";
import type { TraceAnswer } from "../../../api/plates/trace.ts";
import type * as AccountPage from "../../../api/web/src/account/account-document.ts";
import type * as AuditPage from "../../../api/web/src/audit/audit-document.ts";
import type * as CasePage from "../../../api/web/src/review/case-document.ts";
import type * as Page from "../../../api/web/src/state/page-state.ts";
import type * as TracePage from "../../../api/web/src/trace/trace-document.ts";
import type { NumberedAuditEntry } from "../../../core/ports/audit.ts";

describe("what the service sends", () => {
  it("is what the page reads", () => {
    expectTypeOf<PageState>().toExtend<Page.PageState>();
    expectTypeOf<PublicSite>().toExtend<Page.Site>();
    expectTypeOf<CaseDocument>().toExtend<CasePage.CaseDocument>();
    expectTypeOf<TraceAnswer>().toExtend<TracePage.TraceAnswer>();
    expectTypeOf<NumberedAuditEntry>().toExtend<AuditPage.AuditEntry>();
    expectTypeOf<Account>().toExtend<AccountPage.Account>();
  });
});
