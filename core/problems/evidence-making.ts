/** Why the evidence of a case is not there yet, or will not be. */
export const evidenceMakingProblems = {
  EVIDENCE_NOT_RECORDED: {
    en: "Case {case} has no evidence: camera {camera} recorded nothing of {at}. See what there is: greenwave recordings --camera {camera}",
    vi: "Hồ sơ {case} không có chứng cứ: camera {camera} không ghi được gì lúc {at}. Xem những gì đang có: greenwave recordings --camera {camera}",
  },
  EVIDENCE_CLIP_UNSOUND: {
    en: "The clip of case {case} is not what was recorded: {reason}. It is cut again; if this repeats, look at the disk under {folder}.",
    vi: "Đoạn phim của hồ sơ {case} không đúng như lúc ghi: {reason}. Hệ thống sẽ cắt lại; nếu lặp lại hãy kiểm tra ổ đĩa chứa {folder}.",
  },
  EVIDENCE_UNFIT: {
    en: "Case {case} cannot be sealed, since what the rule says of it is incomplete: {reason}. Report this; the recording is held.",
    vi: "Không thể niêm phong hồ sơ {case} vì thông tin của quy tắc chưa đầy đủ: {reason}. Hãy báo lỗi này; bản ghi vẫn được giữ.",
  },
  EVIDENCE_CLOCK_BACK: {
    en: "Case {case} waits: the clock shows an earlier time than the newest entry of its log. Check the machine's clock; making goes on by itself.",
    vi: "Hồ sơ {case} đang chờ: đồng hồ chỉ thời điểm sớm hơn mục mới nhất trong nhật ký. Hãy kiểm tra đồng hồ máy; việc tạo sẽ tự tiếp tục.",
  },
  EVIDENCE_DISK: {
    en: "No evidence can be made: {folder} cannot be written ({reason}). Cases wait and nothing is lost. Free some space or check that disk and its rights; making goes on by itself.",
    vi: "Không tạo được chứng cứ: không ghi được vào {folder} ({reason}). Các hồ sơ chờ và không mất gì. Hãy giải phóng dung lượng hoặc kiểm tra ổ đĩa và quyền ghi; việc tạo sẽ tự tiếp tục.",
  },
  EVIDENCE_STORE_TROUBLE: {
    en: "Cases cannot be read or noted: {reason}. Their evidence waits and nothing is lost; it is tried again by itself.",
    vi: "Không đọc hoặc ghi chú được hồ sơ: {reason}. Chứng cứ chờ và không mất gì; hệ thống sẽ tự thử lại.",
  },
  EVIDENCE_UNEXPECTED: {
    en: "Making the evidence of case {case} went wrong: {reason}. It is tried again by itself; if this repeats, report it.",
    vi: "Việc tạo chứng cứ của hồ sơ {case} gặp lỗi: {reason}. Hệ thống sẽ tự thử lại; nếu lặp lại hãy báo lỗi này.",
  },
} as const;
