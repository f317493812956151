/** The page that the address asks for, if its reader may see it. */
import { AccountsPage } from "../account/accounts-page.tsx";
import { OwnAccount } from "../account/own-account.tsx";
import { AuditPage } from "../audit/audit-page.tsx";
import { GatePage } from "../gate/gate-page.tsx";
import { KeepingPage } from "../keeping/keeping-page.tsx";
import { useReading } from "../parts/reading.tsx";
import { ReviewPage } from "../review/review-page.tsx";
import { TracePage } from "../trace/trace-page.tsx";
import { useDesk } from "./desk-context.tsx";
import { places } from "./desk-header.tsx";
import type { Route } from "./route.ts";

export function DeskPage({ route }: { readonly route: Route }) {
  const { may } = useDesk();
  const first = places.find(({ needs }) => may(needs))?.page ?? "account";
  const page = route.page === "home" || route.page === "first" ? first : route.page;
  const needed = places.find((place) => place.page === page)?.needs;
  if (needed !== undefined && !may(needed)) return <NotAllowed />;
  switch (page) {
    case "cases":
      return <ReviewPage id={route.page === "cases" ? route.id : null} />;
    case "proposals":
      return <GatePage id={route.page === "proposals" ? route.id : null} />;
    case "trace":
      return <TracePage />;
    case "audit":
      return <AuditPage />;
    case "keeping":
      return <KeepingPage />;
    case "accounts":
      return <AccountsPage />;
    default:
      return <OwnAccount />;
  }
}

function NotAllowed() {
  const { t } = useReading();
  return (
    <main id="main" class="desk-narrow">
      <p class="panel" role="status">
        {t("desk.notAllowed")}
      </p>
    </main>
  );
}
