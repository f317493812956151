/** Why a step of a case cannot be taken. */
export const caseProblems = {
  CASE_STEP_OUT_OF_TURN: {
    en: "the step “{step}” cannot be taken while the case is “{state}”. Read the case again: somebody else may have gone on with it.",
    vi: "không thể thực hiện bước “{step}” khi hồ sơ đang ở trạng thái “{state}”. Hãy mở lại hồ sơ: có thể người khác đã xử lý tiếp.",
  },
  CASE_REASON_MISSING: {
    en: "say why: this step needs a reason.",
    vi: "hãy nêu lý do: bước này cần có lý do.",
  },
  CASE_SAME_PERSON: {
    en: "{by} has already judged this case; somebody else must take this step.",
    vi: "{by} đã đánh giá hồ sơ này; bước này phải do người khác thực hiện.",
  },
  CASE_NOT_YOURS: {
    en: "this review is {by}'s; only {by} can undo it.",
    vi: "lượt duyệt này là của {by}; chỉ {by} mới có thể hoàn tác.",
  },
  CASE_CLOCK_BACK: {
    en: "the clock shows an earlier time than the newest step of the case (it is “{state}”). Check the machine's clock before you go on.",
    vi: "đồng hồ chỉ thời điểm sớm hơn bước mới nhất của hồ sơ (đang “{state}”). Hãy kiểm tra đồng hồ máy trước khi tiếp tục.",
  },
} as const;
