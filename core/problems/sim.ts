export const simProblems = {
  SIMULATION_WAITS: {
    en: "{waiting} simulated flow intervals could not be stored yet ({reason}); the simulation goes on once storage does.",
    vi: "{waiting} khoảng đếm mô phỏng chưa lưu được ({reason}); mô phỏng sẽ tiếp tục khi lưu trữ hoạt động lại.",
  },
  SIMULATION_FAILED: {
    en: "The simulated traffic stopped: {reason}. Restart the service, and report this if it happens again.",
    vi: "Giao thông mô phỏng đã dừng: {reason}. Hãy khởi động lại dịch vụ và báo lỗi nếu lặp lại.",
  },
  FAULTS_DETECTION: {
    en: "--detector-faults breaks virtual cameras, and nothing is seen by them here. Add --detection camera.",
    vi: "--detector-faults làm hỏng camera ảo, nhưng ở đây không dùng camera nào. Hãy thêm --detection camera.",
  },
  FAULTS_UNREADABLE: {
    en: "the faults in {file} cannot be read: {reason}. Check its name, and that it is JSON.",
    vi: "không đọc được các lỗi trong {file}: {reason}. Hãy kiểm tra tên tệp và định dạng JSON.",
  },
  FAULTS_BAD: {
    en: "{file}: {where}: {reason}. Write a list of faults, each with lane, kind, from_s and to_s.",
    vi: "{file}: {where}: {reason}. Hãy ghi danh sách lỗi, mỗi lỗi có lane, kind, from_s và to_s.",
  },
  FAULTS_LANE: {
    en: "{file}: no lane {lane} ends at a signal here, so no camera looks at it. Name one that does.",
    vi: "{file}: ở đây không có làn {lane} nào kết thúc tại đèn tín hiệu, nên không camera nào nhìn nó. Hãy chọn làn khác.",
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
  OUTPUT_ENGINE: {
    en: "outputs and replays are written by our own engine; with --engine sumo, give SUMO its own output options. Leave out --engine, or the outputs.",
    vi: "kết quả và bản phát lại do bộ mô phỏng của chúng tôi ghi; với --engine sumo hãy dùng tùy chọn kết quả của SUMO. Hãy bỏ --engine hoặc bỏ các kết quả.",
  },
  DECISIONS_UNWRITABLE: {
    en: "decisions cannot be written to {file}: {reason}. Choose another file, or make room.",
    vi: "không ghi được các quyết định vào {file}: {reason}. Hãy chọn tệp khác hoặc giải phóng chỗ.",
  },
  OUTPUT_UNWRITABLE: {
    en: "nothing can be written to {folder}: {reason}. Choose another folder, or make room.",
    vi: "không ghi được vào {folder}: {reason}. Hãy chọn thư mục khác hoặc giải phóng chỗ.",
  },
  REPLAY_OTHER: {
    en: "this is no replay file of greenwave. Choose one that `greenwave simulate --replay <file>` wrote.",
    vi: "đây không phải tệp phát lại của greenwave. Hãy chọn tệp do `greenwave simulate --replay <tệp>` ghi.",
  },
  REPLAY_VERSION: {
    en: "the replay file is of version {version}; this program reads version {known}. Record it anew with this program.",
    vi: "tệp phát lại có phiên bản {version}; chương trình này đọc phiên bản {known}. Hãy ghi lại bằng chương trình này.",
  },
  REPLAY_BROKEN: {
    en: "the replay file was cut off or damaged. Copy it again, or record it anew.",
    vi: "tệp phát lại bị cắt cụt hoặc hỏng. Hãy chép lại hoặc ghi lại tệp.",
  },
  REPLAY_UNREADABLE: {
    en: "the replay file cannot be read: {reason}. Check its name and who may read it.",
    vi: "không đọc được tệp phát lại: {reason}. Hãy kiểm tra tên tệp và quyền đọc.",
  },
  REPLAY_UNWRITABLE: {
    en: "the replay cannot be written: {reason}. Choose another file, or make room.",
    vi: "không ghi được tệp phát lại: {reason}. Hãy chọn tệp khác hoặc giải phóng chỗ.",
  },
  REPLAY_SEEDS: {
    en: "a replay holds one run, and {count} seeds were asked for. Give one, such as --seeds 101.",
    vi: "một tệp phát lại chứa một lần chạy, nhưng có {count} seed được yêu cầu. Hãy chọn một, ví dụ --seeds 101.",
  },
  REPLAY_NOT_THERE: {
    en: "there is no replay called {name}. Look at the list of replays.",
    vi: "không có bản phát lại tên {name}. Hãy xem danh sách bản phát lại.",
  },
} as const;
