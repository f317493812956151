/** The whole page. */
import { useMemo } from "preact/hooks";
import { CameraPanel } from "./camera/camera-panel.tsx";
import { CorridorStrip } from "./corridor/corridor-strip.tsx";
import { IntersectionCard } from "./intersection/intersection-card.tsx";
import { LedgerTable } from "./ledger/ledger-table.tsx";
import { HealthBanner } from "./parts/health-banner.tsx";
import { PageHeader } from "./parts/page-header.tsx";
import { ReadingContext, useReading } from "./parts/reading.tsx";
import { StaffContext, usePermissions } from "./parts/staff.ts";
import { useLanguage, useStreetReading } from "./parts/street-reading.ts";
import { PlanTable } from "./plan/plan-table.tsx";
import type { Model } from "./state/model.ts";
import type { PageState, Site } from "./state/page-state.ts";
import { useService } from "./state/use-service.ts";

const noFlows: PageState["flows"] = [];

export function App() {
  const [language, setLanguage] = useLanguage();
  const model = useService(language);
  const { site, state, connection, clockOffset_ms } = model;
  const permissions = usePermissions(language);
  const reading = useStreetReading(language, site, clockOffset_ms);
  return (
    <ReadingContext.Provider value={reading}>
      <SkipLink />
      <PageHeader siteName={site?.site.name ?? "greenwave"} connection={connection} choose={setLanguage} />
      <main id="main">
        <StaffContext.Provider value={permissions}>
          {site === null || state === null ? (
            <Waiting site={site} />
          ) : (
            <Street site={site} state={state} model={model} />
          )}
        </StaffContext.Provider>
      </main>
    </ReadingContext.Provider>
  );
}

function SkipLink() {
  const { t } = useReading();
  return (
    <a class="skip" href="#main">
      {t("app.skip")}
    </a>
  );
}

function Waiting({ site }: { readonly site: Site | null }) {
  const { t } = useReading();
  return (
    <p class="waiting" role="status">
      {t(site === null ? "app.loading" : "app.loading.state")}
    </p>
  );
}

interface StreetProps {
  readonly site: Site;
  readonly state: PageState;
  readonly model: Model;
}

function Street({ site, state, model }: StreetProps) {
  const { t } = useReading();
  const { intersections, corridors, pcu, volumes } = site;
  const plans = state.plans.in_force;
  const flowsOf = useMemo(() => byIntersection(state.flows), [state.flows]);
  return (
    <>
      <HealthBanner health={state.health} connection={model.connection} />
      {corridors.length === 0 ? <p class="panel quiet">{t("corridor.none")}</p> : null}
      {corridors.map((corridor) => (
        <CorridorStrip key={corridor.id} {...{ corridor, intersections, plans }} signals={state.signals} />
      ))}
      <section aria-labelledby="cameras">
        <h2 id="cameras">{t("camera.heading")}</h2>
        {site.cameras.length === 0 ? <p class="panel quiet">{t("camera.none")}</p> : null}
        <Cameras site={site} state={state} views={model.views} />
      </section>
      <section aria-labelledby="intersections">
        <header class="section-head">
          <h2 id="intersections">{t("intersections.heading")}</h2>
          <p class="quiet small">{t("ring.legend")}</p>
        </header>
        <div class="cards">
          {intersections.map((intersection) => (
            <IntersectionCard
              key={intersection.id}
              intersection={intersection}
              status={state.signals.find((status) => status.intersection === intersection.id)}
              plan={plans.find(({ plan }) => plan.intersection === intersection.id)?.plan}
              flows={flowsOf.get(intersection.id) ?? noFlows}
              volumes={volumes}
              pcu={pcu}
            />
          ))}
        </div>
      </section>
      <PlanTable intersections={intersections} plans={state.plans} />
      <LedgerTable ledger={state.ledger} intersections={intersections} />
      <footer class="quiet small">{t("app.version", { version: state.version })}</footer>
    </>
  );
}

function byIntersection(flows: PageState["flows"]): ReadonlyMap<string, PageState["flows"]> {
  const groups = new Map<string, PageState["flows"][number][]>();
  for (const interval of flows) {
    const group = groups.get(interval.intersection);
    if (group === undefined) groups.set(interval.intersection, [interval]);
    else group.push(interval);
  }
  return groups;
}

function Cameras({ site, state, views }: Omit<StreetProps, "model"> & { readonly views: Model["views"] }) {
  return (
    <>
      {site.cameras.map((camera) => (
        <CameraPanel
          key={camera.id}
          camera={camera}
          intersectionName={
            site.intersections.find(({ id }) => id === camera.intersection)?.name ?? camera.intersection
          }
          status={state.feeds.find(({ feed }) => feed === camera.id)}
          tallies={state.tallies}
          views={views.get(camera.id) ?? []}
        />
      ))}
    </>
  );
}
