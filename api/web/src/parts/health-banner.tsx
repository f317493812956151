/** What is wrong with the service and what to do; one quiet line when nothing is. */
import type { Connection } from "../state/model.ts";
import type { Health } from "../state/page-state.ts";
import { useReading } from "./reading.tsx";

export function HealthBanner({ health, connection }: { readonly health: Health; readonly connection: Connection }) {
  const { t, named } = useReading();
  /** Parts that there are several of are named by kind and own name, such as `camera-1`. */
  const nameOf = (name: string): string => {
    const [kind = "", ...own] = name.split(" ");
    const byKind = [named(`health.name.${kind}`, kind), ...own].join(" ");
    return named(`health.name.${name.replaceAll(" ", "_")}`, byKind);
  };
  const ailing = health.parts.filter(({ state }) => state !== "ok");
  return (
    <div class="banners">
      {connection === "lost" ? (
        <p class="banner banner-warning" role="status">
          ▲ {t("connection.lost.note")}
        </p>
      ) : null}
      {health.status === "ok" && ailing.length === 0 ? (
        <p class="banner banner-ok">✓ {t("health.ok")}</p>
      ) : (
        <section class="banner banner-warning" role="status" aria-label={t("health.degraded")}>
          <h2>▲ {t("health.degraded")}</h2>
          <ul>
            {ailing.map(({ name, state, message }) => (
              <li key={name}>
                <b>{nameOf(name)}</b> ({t(state === "down" ? "health.part.down" : "health.part.degraded")}):{" "}
                {message ?? t("health.noMessage")}
              </li>
            ))}
          </ul>
        </section>
      )}
    </div>
  );
}
