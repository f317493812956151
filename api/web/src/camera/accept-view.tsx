/** For who looks after cameras: to say that what a moved or dirty one shows now is right. */
import { useState } from "preact/hooks";
import { ask } from "../desk/ask.ts";
import { useReading } from "../parts/reading.tsx";
import { useStaff } from "../parts/staff.ts";
import { Trouble } from "../parts/trouble.tsx";
import type { FeedStatus } from "../state/page-state.ts";

/** The others end by themselves, once there is light or a moving picture. */
const acceptable: readonly FeedStatus["blindness"][] = ["moved", "dirty"];

export function AcceptView({ camera, status }: { readonly camera: string; readonly status: FeedStatus | undefined }) {
  const { t, language } = useReading();
  const permissions = useStaff();
  const [trouble, setTrouble] = useState<string | null>(null);
  if (!acceptable.includes(status?.blindness ?? null) || !permissions.includes("manage_cameras")) return null;
  const accept = async (): Promise<void> => {
    const address = `/api/cameras/${encodeURIComponent(camera)}/accept`;
    const answer = await ask(address, language, { method: "POST", body: {} });
    setTrouble(answer.ok ? null : answer.message);
  };
  return (
    <div class="accept-view">
      <button type="button" class="plain-button" onClick={() => void accept()}>
        {t("camera.accept")}
      </button>
      <p class="quiet small">{t("camera.accept.note")}</p>
      <Trouble why={trouble} />
    </div>
  );
}
