/** Why a rule does not judge what it saw. */
export const violationProblems = {
  RULE_UNCALIBRATED: {
    en: "camera {camera} has no ground-plane calibration, so nothing can be measured on the road. Calibrate it: greenwave calibrate --help",
    vi: "camera {camera} chưa được hiệu chuẩn mặt đường nên không đo được gì trên đường. Hãy hiệu chuẩn: greenwave calibrate --help",
  },
  RULE_CALIBRATION_COARSE: {
    en: "camera {camera} measures the road to {error_m} m only; {limit_m} m is the limit for enforcement. Calibrate it with more points near the line.",
    vi: "camera {camera} chỉ đo mặt đường chính xác đến {error_m} m; giới hạn để xử phạt là {limit_m} m. Hãy hiệu chuẩn với nhiều điểm gần vạch hơn.",
  },
  RULE_CLOCK_UNKNOWN: {
    en: "how far the clock of camera {camera} is off is not known. Give the camera a time server (NTP).",
    vi: "không biết đồng hồ của camera {camera} lệch bao nhiêu. Hãy đặt máy chủ thời gian (NTP) cho camera.",
  },
  RULE_CLOCK_DRIFTED: {
    en: "the clock of camera {camera} is off by {offset_ms} ms; {limit_ms} ms is the limit. Check its time server (NTP).",
    vi: "đồng hồ của camera {camera} lệch {offset_ms} ms; giới hạn là {limit_ms} ms. Hãy kiểm tra máy chủ thời gian (NTP).",
  },
  RULE_SIGNAL_UNKNOWN: {
    en: "the controller has said nothing yet of the signal that camera {camera} watches. Check the link to the controller.",
    vi: "bộ điều khiển chưa báo gì về tín hiệu mà camera {camera} theo dõi. Hãy kiểm tra kết nối với bộ điều khiển.",
  },
  RULE_SIGNAL_STALE: {
    en: "the newest signal state for camera {camera} was {age_ms} ms old; {limit_ms} ms is the limit. Check the link to the controller.",
    vi: "trạng thái tín hiệu mới nhất cho camera {camera} đã cũ {age_ms} ms; giới hạn là {limit_ms} ms. Hãy kiểm tra kết nối với bộ điều khiển.",
  },
  RULE_OCCLUDED: {
    en: "the vehicle was hidden behind another on the line that camera {camera} watches, so its place is a guess.",
    vi: "xe bị xe khác che khuất tại vạch mà camera {camera} theo dõi nên vị trí chỉ là ước đoán.",
  },
  RULE_TRACK_SHORT: {
    en: "camera {camera} did not see the vehicle for a whole second before and after the act.",
    vi: "camera {camera} không thấy xe đủ một giây trước và sau hành vi.",
  },
} as const;
