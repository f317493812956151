/** The page may not import the service, so it writes down what it reads. This file does not compile when they differ. */
import { describe, expectTypeOf, it } from "vitest";
import type { PageState } from "../../../api/http/page-state.ts";
import type { PublicSite } from "../../../api/http/site.ts";
import type * as Page from "../../../api/web/src/state/page-state.ts";

describe("what the service sends", () => {
  it("is what the page reads", () => {
    expectTypeOf<PageState>().toExtend<Page.PageState>();
    expectTypeOf<PublicSite>().toExtend<Page.Site>();
  });
});
