export const simProblems = {
  SIMULATION_WAITS: {
    en: "{waiting} simulated flow intervals could not be stored yet ({reason}); the simulation goes on once storage does.",
    vi: "{waiting} khoảng đếm mô phỏng chưa lưu được ({reason}); mô phỏng sẽ tiếp tục khi lưu trữ hoạt động lại.",
  },
  SIMULATION_FAILED: {
    en: "The simulated traffic stopped: {reason}. Restart the service, and report this if it happens again.",
    vi: "Giao thông mô phỏng đã dừng: {reason}. Hãy khởi động lại dịch vụ và báo lỗi nếu lặp lại.",
  },
  OUTPUT_NO_FOLDER: {
    en: "{option} says how outputs look, but not where they go. Add --output <folder>.",
    vi: "{option} nói kết quả có dạng gì nhưng không nói ghi vào đâu. Hãy thêm --output <thư mục>.",
  },
  OUTPUT_KIND: {
    en: "there is no output “{found}”; known are {known}. Write some of these, with commas between.",
    vi: "không có kết quả “{found}”; các loại có: {known}. Hãy ghi một số loại này, cách nhau bằng dấu phẩy.",
  },
  OUTPUT_FORMAT: {
    en: "outputs are written as xml or csv, not as “{found}”. Choose one.",
    vi: "kết quả được ghi dạng xml hoặc csv, không phải “{found}”. Hãy chọn một.",
  },
  OUTPUT_PERIOD: {
    en: "--output-period is “{found}”; write seconds from 1 to 86400.",
    vi: "--output-period là “{found}”; hãy ghi số giây từ 1 đến 86400.",
  },
  OUTPUT_UNWRITABLE: {
    en: "nothing can be written to {folder}: {reason}. Choose another folder, or make room.",
    vi: "không ghi được vào {folder}: {reason}. Hãy chọn thư mục khác hoặc giải phóng chỗ.",
  },
} as const;
