/** Problems of the gate's workflow: proposals, approvals, emergencies, secrets, and what may be written to a device. */
export const gateProblems = {
  DECISION_REFUSED: {
    en: "{intersection}: the control decision was refused: {reason}. Nothing was sent; decide anew.",
    vi: "{intersection}: quyết định điều khiển bị từ chối: {reason}. Chưa gửi gì; hãy quyết định lại.",
  },
  PROPOSAL_UNKNOWN: {
    en: "There is no proposal {proposal}. Look at the list of proposals.",
    vi: "Không có đề xuất {proposal}. Hãy xem danh sách đề xuất.",
  },
  PROPOSAL_STEP_OUT_OF_TURN: {
    en: "The step “{step}” cannot be taken with a proposal that is “{state}”. Read the proposal again.",
    vi: "Không thể thực hiện bước “{step}” với đề xuất đang ở “{state}”. Hãy đọc lại đề xuất.",
  },
  PROPOSAL_MOVED_ON: {
    en: "Somebody else went on with proposal {proposal} meanwhile: it has {steps} steps, and you saw {seen}. Read it again before you decide.",
    vi: "Người khác đã xử lý tiếp đề xuất {proposal}: nay có {steps} bước, bạn mới xem {seen}. Hãy đọc lại trước khi quyết định.",
  },
  INTERSECTION_TAKEN: {
    en: "{intersection}: another change, proposal {other}, is under way. Wait for its end, then look at what runs and propose anew.",
    vi: "{intersection}: một thay đổi khác, đề xuất {other}, đang được thực hiện. Hãy chờ xong, xem lại nút giao rồi đề xuất lại.",
  },
  PROPOSAL_SAME_PERSON: {
    en: "{by} drafted this plan and cannot approve it. A second person has to.",
    vi: "{by} đã soạn phương án này nên không được duyệt. Cần người thứ hai.",
  },
  PROPOSAL_NOT_YOURS: {
    en: "Only {by}, who drafted it, can withdraw this proposal. Refuse it instead.",
    vi: "Chỉ {by}, người soạn, mới được rút đề xuất này. Hãy từ chối nó.",
  },
  GATE_REASON_MISSING: {
    en: "A reason is needed. Say in a sentence why.",
    vi: "Cần có lý do. Hãy nêu lý do trong một câu.",
  },
  PROPOSAL_BROKEN: {
    en: "The record of a proposal was altered or damaged: {what}. Nothing is done with it; verify the ledger.",
    vi: "Hồ sơ đề xuất đã bị sửa hoặc hỏng: {what}. Không thực hiện gì; hãy kiểm tra sổ cái.",
  },
} as const;
