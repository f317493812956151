/** Why a step of a case cannot be taken, or a case not be told. */
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
  CASE_WITHOUT_EVIDENCE: {
    en: "there is no evidence of this act: {reason}",
    vi: "không có bằng chứng cho hành vi này: {reason}",
  },
  CASE_TOLD_TWICE: {
    en: "the same vehicle for the same act: it is in case {case}.",
    vi: "cùng phương tiện, cùng hành vi: đã có trong hồ sơ {case}.",
  },
  CASE_STAGED: {
    en: "this scene was staged for training: no notice is ever made of it.",
    vi: "cảnh này được dàn dựng để huấn luyện: không bao giờ lập thông báo từ nó.",
  },
  CASE_NOT_SHOWABLE: {
    en: "the evidence of this case is not there to be judged. Look at its evidence first.",
    vi: "hồ sơ này chưa có bằng chứng để xem xét. Hãy kiểm tra phần bằng chứng trước.",
  },
  CASE_EVIDENCE_NOT_FAILED: {
    en: "the evidence of this case has not failed: there is nothing to try again.",
    vi: "việc lập chứng cứ của hồ sơ này không thất bại: không có gì để thử lại.",
  },
  CASE_PLATE_WITHHELD: {
    en: "judge what the vehicle did first: the plate is shown after your review.",
    vi: "hãy đánh giá hành vi trước: biển số chỉ hiện sau khi bạn duyệt.",
  },
  CASE_MEDIA_UNKNOWN: {
    en: "case {case} has nothing called “{name}” to show.",
    vi: "hồ sơ {case} không có tệp “{name}” để xem.",
  },
  CASE_GRANT_OVER: {
    en: "the permission to see originals of this case is over, or is not yours. Ask again, with your reason.",
    vi: "quyền xem bản gốc của hồ sơ này đã hết hạn hoặc không phải của bạn. Hãy xin lại và nêu lý do.",
  },
  GUESSED_TOO_OFTEN: {
    en: "you asked too often for what is not there. Try again in {wait_s} s.",
    vi: "bạn đã hỏi quá nhiều lần những thứ không tồn tại. Hãy thử lại sau {wait_s} giây.",
  },
  CASES_NOT_SCREENED: {
    en: "cases wait to be screened: {reason}. It is tried again by itself.",
    vi: "các hồ sơ đang chờ sàng lọc: {reason}. Hệ thống sẽ tự thử lại.",
  },
  AUDIT_BROKEN: {
    en: "the audit does not verify: entry {at} (after {entries} that do) does not follow from the one before ({fault}). Leave the data as it is, and tell the auditor.",
    vi: "nhật ký kiểm toán không hợp lệ: mục {at} (sau {entries} mục hợp lệ) không tiếp nối mục trước ({fault}). Hãy giữ nguyên dữ liệu và báo cho kiểm toán viên.",
  },
  CASE_MOVED_ON: {
    en: "somebody went on with this case meanwhile: it has {steps} steps, and you saw {seen}. Read it again, then decide.",
    vi: "trong lúc đó đã có người xử lý tiếp hồ sơ này: hồ sơ có {steps} bước, bạn mới xem {seen}. Hãy mở lại hồ sơ rồi quyết định.",
  },
  CASE_UNKNOWN: {
    en: "there is no case “{case}”.",
    vi: "không có hồ sơ “{case}”.",
  },
  CASE_LOG_BROKEN: {
    en: "what is kept of case {case} was changed: entry {entry} of its log does not follow from the one before ({fault}). Leave the data as it is, and tell the auditor.",
    vi: "dữ liệu lưu của hồ sơ {case} đã bị sửa: mục {entry} trong nhật ký không tiếp nối mục trước ({fault}). Hãy giữ nguyên dữ liệu và báo cho kiểm toán viên.",
  },
} as const;
