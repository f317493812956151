/** What can be wrong between the parts of a site file that are each well written. */
export const siteProblems = {
  DUPLICATE_ID: {
    en: '"{id}" is already taken at line {line}; give each its own id',
    vi: '"{id}" đã được dùng ở dòng {line}; mỗi mục cần một id riêng',
  },
  RESERVED_ID: {
    en: '"{id}" is kept for the service itself; choose another id',
    vi: '"{id}" dành riêng cho hệ thống; hãy chọn id khác',
  },
  UNKNOWN_INTERSECTION: {
    en: 'no intersection has the id "{id}"; known: {known}',
    vi: 'không có nút giao nào mang id "{id}"; đang có: {known}',
  },
  UNKNOWN_LANE: {
    en: 'no lane has the id "{id}"; known: {known}',
    vi: 'không có làn nào mang id "{id}"; đang có: {known}',
  },
  UNKNOWN_CORRIDOR: {
    en: 'no corridor has the id "{id}"; known: {known}',
    vi: 'không có tuyến nào mang id "{id}"; đang có: {known}',
  },
  UNKNOWN_PHASE: {
    en: "{intersection} has no phase {phase}; its phases are {known}",
    vi: "{intersection} không có pha {phase}; các pha hiện có: {known}",
  },
  LANE_ELSEWHERE: {
    en: 'lane "{lane}" belongs to {owner}, but this camera watches {intersection}',
    vi: 'làn "{lane}" thuộc {owner}, nhưng camera này quan sát {intersection}',
  },
  LANE_COUNTED_TWICE: {
    en: 'lane "{lane}" already has a counting line at line {line}; every vehicle would count twice',
    vi: 'làn "{lane}" đã có vạch đếm ở dòng {line}; mỗi xe sẽ bị đếm hai lần',
  },
  CHANNEL_TAKEN: {
    en: "detector channel {channel} already belongs to another lane at line {line}",
    vi: "kênh dò {channel} đã thuộc về làn khác ở dòng {line}",
  },
  VOLUME_TWICE: {
    en: 'lane "{lane}" already has a volume at line {line}; keep one',
    vi: 'làn "{lane}" đã có lưu lượng ở dòng {line}; hãy giữ một',
  },
  SECOND_CONTROLLER: {
    en: "{intersection} already has a controller at line {line}; one intersection, one controller",
    vi: "{intersection} đã có tủ điều khiển ở dòng {line}; mỗi nút giao chỉ một tủ",
  },
  TWO_SOURCES: {
    en: "stands beside source_env; keep the one that holds the address",
    vi: "đứng cùng với source_env; hãy giữ khóa chứa địa chỉ",
  },
  CREDENTIALS_IN_FILE: {
    en: "holds a user name or password; put the whole address in an environment variable and name it in source_env",
    vi: "chứa tên người dùng hoặc mật khẩu; hãy đặt cả địa chỉ vào biến môi trường và ghi tên biến ở source_env",
  },
  ZERO_LENGTH_LINE: {
    en: "ends where it starts; draw the line across the lane",
    vi: "điểm cuối trùng điểm đầu; hãy vẽ vạch cắt ngang làn",
  },
  UNKNOWN_LINE: {
    en: 'no line of this camera has the id "{id}"; known: {known}',
    vi: 'camera này không có vạch nào mang id "{id}"; đang có: {known}',
  },
  MOVEMENT_TURNS_ON_ITSELF: {
    en: "is the line of entry again; for a U-turn over one line give entry_direction and exit_direction, one forward and one backward",
    vi: "trùng với vạch vào; nếu quay đầu qua cùng một vạch, hãy ghi entry_direction và exit_direction, một forward và một backward",
  },
  MOVEMENT_TWICE: {
    en: "goes the same way as the movement at line {line}; each vehicle would belong to both",
    vi: "đi cùng đường với hướng đi ở dòng {line}; mỗi xe sẽ thuộc về cả hai",
  },
  UNKNOWN_TIMEZONE: {
    en: '"{zone}" is not a known time zone; write an IANA name such as Asia/Ho_Chi_Minh',
    vi: '"{zone}" không phải múi giờ đã biết; hãy dùng tên IANA như Asia/Ho_Chi_Minh',
  },
  HALF_POSITION: {
    en: 'needs "latitude" and "longitude" together, or neither',
    vi: 'cần cả "latitude" và "longitude", hoặc không có cả hai',
  },
  SCHEDULE_BACKWARD: {
    en: "must be later than from ({from}); write a night as two schedules, one to 24:00 and one from 00:00",
    vi: "phải sau from ({from}); khung giờ qua đêm cần hai lịch, một đến 24:00 và một từ 00:00",
  },
  SCHEDULE_OVERLAP: {
    en: 'overlaps schedule "{other}" at line {line} on {days}',
    vi: 'trùng giờ với lịch "{other}" ở dòng {line} vào {days}',
  },
  CORRIDOR_REPEATS: {
    en: "{intersection} is already in this corridor at line {line}",
    vi: "{intersection} đã có trong tuyến này ở dòng {line}",
  },
  CORRIDOR_START: {
    en: "must be 0 for the first intersection of a corridor (got {got})",
    vi: "phải bằng 0 tại nút giao đầu tuyến (đang là {got})",
  },
  CORRIDOR_STEP: {
    en: "must be above 0: it is the way from the intersection before",
    vi: "phải lớn hơn 0: đây là khoảng cách từ nút giao trước",
  },
} as const;
