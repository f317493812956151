/** The words on a time-space diagram. */
import type { Language } from "../problems/problem.ts";

export interface DiagramWords {
  readonly time: string;
  readonly distance: string;
  readonly drivingTime: string;
  readonly outbound: string;
  readonly inbound: string;
  readonly noBand: string;
  readonly cycle: string;
  readonly offset: string;
  readonly vehicle: string;
  readonly upper: string;
}

export const diagramWords: Readonly<Record<Language, DiagramWords>> = {
  en: {
    time: "time (s)",
    distance: "distance (m)",
    drivingTime: "driving time (s)",
    outbound: "green band outbound",
    inbound: "green band inbound",
    noBand: "none",
    cycle: "cycle",
    offset: "offset",
    vehicle: "vehicle",
    upper: "at each signal: outbound light above the line, inbound light below",
  },
  vi: {
    time: "thời gian (giây)",
    distance: "khoảng cách (m)",
    drivingTime: "thời gian chạy xe (giây)",
    outbound: "làn sóng xanh chiều đi",
    inbound: "làn sóng xanh chiều về",
    noBand: "không có",
    cycle: "chu kỳ",
    offset: "lệch pha",
    vehicle: "xe",
    upper: "tại mỗi đèn: phía trên vạch là đèn chiều đi, phía dưới là đèn chiều về",
  },
};
