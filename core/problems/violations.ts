/** Why a rule does not judge what it saw, and what can be wrong with a rule of the site file. */
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
    en: "how exact this machine's clock is, which dates the pictures of camera {camera}, is not known. Run chrony on it, or state the clock under `clock` in the site file.",
    vi: "không biết đồng hồ của máy này, dùng để ghi giờ cho hình của camera {camera}, chính xác đến đâu. Hãy chạy chrony trên máy, hoặc khai báo đồng hồ ở mục `clock` trong tệp cấu hình.",
  },
  RULE_CLOCK_DRIFTED: {
    en: "this machine's clock, which dates the pictures of camera {camera}, may be off by {offset_ms} ms; {limit_ms} ms is the limit. Check its time server (NTP).",
    vi: "đồng hồ của máy này, dùng để ghi giờ cho hình của camera {camera}, có thể lệch {offset_ms} ms; giới hạn là {limit_ms} ms. Hãy kiểm tra máy chủ thời gian (NTP).",
  },
  RULE_SIGNAL_MANUAL: {
    en: "the signal that camera {camera} watches was switched by hand, so what drivers were told is not known.",
    vi: "tín hiệu mà camera {camera} theo dõi đang được điều khiển bằng tay nên không biết người lái xe được chỉ dẫn thế nào.",
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
  UNKNOWN_CAMERA: {
    en: 'no camera has the id "{id}"; known: {known}',
    vi: 'không có camera nào mang id "{id}"; đang có: {known}',
  },
  RULE_CAMERA_UNCALIBRATED: {
    en: 'camera "{camera}" has no calibration, so no rule can measure anything on its road; give it one (docs/reference/calibration.md)',
    vi: 'camera "{camera}" chưa có calibration nên không quy tắc nào đo được gì trên mặt đường; hãy thêm (docs/reference/calibration.md)',
  },
  RULE_NEEDS_DIRECTION: {
    en: 'is missing, and line "{line}" counts both directions; say which way its traffic drives: forward or backward',
    vi: 'còn thiếu, trong khi vạch "{line}" đếm cả hai chiều; hãy ghi chiều xe chạy: forward hoặc backward',
  },
  RULE_WITHOUT_CONTROLLER: {
    en: '{intersection} has no controller that could say what its signal showed; add one under "controllers"',
    vi: '{intersection} không có tủ điều khiển để biết tín hiệu hiển thị gì; hãy thêm vào mục "controllers"',
  },
  RULE_IN_THE_SKY: {
    en: "lies above the horizon of this camera's calibration; draw it on the road",
    vi: "nằm phía trên đường chân trời theo hiệu chuẩn của camera; hãy vẽ trên mặt đường",
  },
  RULE_LANE_ELSEWHERE: {
    en: 'lane "{lane}" is not a lane of {intersection}, which this camera watches',
    vi: 'làn "{lane}" không thuộc {intersection} mà camera này quan sát',
  },
  RULE_HOURS_BACKWARD: {
    en: "must be later than from ({from}); write a night as two, one to 24:00 and one from 00:00",
    vi: "phải sau from ({from}); khung giờ qua đêm cần hai mục, một đến 24:00 và một từ 00:00",
  },
  RULE_SECTION_SAME_CAMERA: {
    en: "is the camera at which the section begins; name the one at its end",
    vi: "trùng với camera đầu đoạn; hãy ghi camera ở cuối đoạn",
  },
  CLOCK_CAMERA_TWICE: {
    en: 'camera "{camera}" already stands at line {line}; keep one',
    vi: 'camera "{camera}" đã có ở dòng {line}; hãy giữ một',
  },
  CASES_NOT_STORED: {
    en: "{waiting} detected violations wait to be stored ({reason}); {dropped} were given up since. Free disk space or mend the database: only the {noted} that are noted in the data folder survive a restart.",
    vi: "{waiting} vi phạm đã phát hiện đang chờ lưu ({reason}); đã bỏ {dropped}. Hãy giải phóng đĩa hoặc sửa cơ sở dữ liệu: chỉ {noted} vi phạm đã ghi tạm trong thư mục dữ liệu là còn lại sau khi khởi động lại.",
  },
  CASE_NOT_HELD: {
    en: "the recording of case {id} could not be kept from leaving the ring: {reason}",
    vi: "không giữ được đoạn ghi hình của hồ sơ {id} trong bộ ghi vòng: {reason}",
  },
} as const;
