export const retimeProblems = {
  RETIME_NO_SIGNALS: {
    en: "{scenario} has no signal with two stages to choose between. Give a network with signal programs.",
    vi: "{scenario} không có đèn nào có từ hai giai đoạn trở lên. Hãy cho mạng lưới có chương trình đèn.",
  },
  RETIME_NO_ROAD: {
    en: "{scenario} has no road of several signals with traffic both ways to make a green wave on. Use --objective delay.",
    vi: "{scenario} không có tuyến nhiều đèn với xe chạy hai chiều để tạo làn sóng xanh. Hãy dùng --objective delay.",
  },
  RETIME_UNFAIR: {
    en: "the plan made for {signal} would not keep the network's own greens and clearances. Keep the old plan, and report this.",
    vi: "phương án cho {signal} không giữ đúng đèn xanh và thời gian chuyển pha của mạng lưới. Hãy giữ phương án cũ và báo lỗi.",
  },
  RETIME_OPTION_OF_OTHER: {
    en: "--{option} is for {what}. Leave it out.",
    vi: "--{option} dành cho {what}. Hãy bỏ đi.",
  },
  RETIME_OBJECTIVE: {
    en: "--objective is “{found}”; write delay or band.",
    vi: "--objective là “{found}”; hãy ghi delay hoặc band.",
  },
  RETIME_VOLUMES: {
    en: "--volumes is “{found}”; write a factor above 0 and at most {most}, or a file of demand (.rou.xml) or counts (.csv).",
    vi: "--volumes là “{found}”; hãy ghi hệ số lớn hơn 0 và không quá {most}, hoặc tệp nhu cầu (.rou.xml) hay số đếm (.csv).",
  },
  FORECAST_WITHOUT_DATA: {
    en: "a forecast is made from stored flow. Name the data folder with --data.",
    vi: "dự báo cần dữ liệu lưu lượng đã lưu. Hãy nêu thư mục dữ liệu bằng --data.",
  },
  FORECAST_TOO_SHORT: {
    en: "none of {lanes} lanes with stored flow has two weeks of it. Ask again when it does.",
    vi: "trong {lanes} làn có lưu lượng đã lưu, chưa làn nào đủ hai tuần. Hãy hỏi lại khi đủ.",
  },
  SCHEDULE_WITHOUT_DATA: {
    en: "a schedule of plans is made from stored flow. Name the data folder with --data.",
    vi: "lịch phương án cần dữ liệu lưu lượng đã lưu. Hãy nêu thư mục dữ liệu bằng --data.",
  },
  SCHEDULE_WITHOUT_FLOW: {
    en: "nothing is stored of the lanes of corridor {corridor}. Run the service with its cameras first, or name another data folder.",
    vi: "chưa lưu lưu lượng nào của các làn trên tuyến {corridor}. Hãy chạy dịch vụ với camera trước, hoặc nêu thư mục dữ liệu khác.",
  },
  SCHEDULE_TOO_SHORT: {
    en: "some quarter of an hour of the day was never seen on all lanes of corridor {corridor}, or no plan can be made for it. Ask again when a whole day is stored.",
    vi: "có khung mười lăm phút trong ngày chưa được ghi trên mọi làn của tuyến {corridor}, hoặc không lập được phương án. Hãy hỏi lại khi đã lưu trọn ngày.",
  },
  PIVOT_WITHOUT_DATA: {
    en: "offsets by link pivot are made from recorded arrivals. Name the data folder with --data.",
    vi: "độ lệch pha theo link pivot cần dữ liệu xe đến đã ghi. Hãy nêu thư mục dữ liệu bằng --data.",
  },
  PIVOT_PLANS: {
    en: "not every intersection of corridor {corridor} has a plan in force, all of one cycle. Push plans of one cycle first.",
    vi: "không phải mọi nút trên tuyến {corridor} đều có phương án đang chạy với cùng một chu kỳ. Hãy gửi phương án cùng chu kỳ trước.",
  },
  PIVOT_DETECTORS: {
    en: "phase {phase} of {intersection} has no detector before its stop line: at the line one sees departures, not arrivals. Give a lane of it a detector_setback_m.",
    vi: "pha {phase} của {intersection} không có bộ dò trước vạch dừng: tại vạch chỉ thấy xe rời đi, không thấy xe đến. Hãy khai detector_setback_m cho một làn của pha đó.",
  },
  PIVOT_FEW: {
    en: "only {count} vehicles were recorded between {from} and {to}; it takes {fewest}. Ask for more hours, or later.",
    vi: "chỉ ghi được {count} xe giữa {from} và {to}; cần ít nhất {fewest}. Hãy xin nhiều giờ hơn, hoặc thử lại sau.",
  },
  SCRAMBLE_NOBODY: {
    en: "nobody walks at {intersection}: no phase has a walk_s. Give a phase a walk and a clearance first.",
    vi: "không có người đi bộ tại {intersection}: không pha nào có walk_s. Hãy khai thời gian đi bộ và giải tỏa cho một pha trước.",
  },
  RETIME_WRITE: {
    en: "the plan cannot be written to {path}: {reason}. Name a file in a folder that you may write to.",
    vi: "không ghi được phương án vào {path}: {reason}. Hãy nêu tệp trong thư mục được phép ghi.",
  },
} as const;
