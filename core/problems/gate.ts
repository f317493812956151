/** Problems of the gate's workflow: proposals, approvals, emergencies, secrets, and what may be written to a device. */
export const gateProblems = {
  DECISION_REFUSED: {
    en: "{intersection}: the control decision was refused: {reason}. Nothing was sent; decide anew.",
    vi: "{intersection}: quyết định điều khiển bị từ chối: {reason}. Chưa gửi gì; hãy quyết định lại.",
  },
} as const;
