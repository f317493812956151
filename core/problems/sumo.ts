/** What can go wrong with SUMO as the second engine. */
export const sumoProblems = {
  SUMO_SCENARIO: {
    en: "{name} is a scenario of another kind ({kind}), which SUMO cannot read. Use --engine own.",
    vi: "{name} là kịch bản loại khác ({kind}), SUMO không đọc được. Hãy dùng --engine own.",
  },
  SUMO_MISSING: {
    en: "SUMO is not installed here: there is no command “sumo”. Install the Debian package sumo, or use --engine own.",
    vi: "máy này chưa cài SUMO: không có lệnh “sumo”. Hãy cài gói Debian sumo, hoặc dùng --engine own.",
  },
  SUMO_VERSION: {
    en: "this SUMO ({found}) speaks version {api} of its control protocol; {wanted} is needed. Install SUMO 1.15 or newer.",
    vi: "SUMO này ({found}) dùng giao thức điều khiển phiên bản {api}; cần {wanted}. Hãy cài SUMO 1.15 trở lên.",
  },
  SUMO_FAILED: {
    en: "SUMO gave up: {reason}. Correct what it names, or try --engine own.",
    vi: "SUMO đã dừng: {reason}. Hãy sửa điều nó nêu, hoặc thử --engine own.",
  },
  SUMO_REFUSED: {
    en: "SUMO refused command {command}: {reason}. Do plan and network belong together?",
    vi: "SUMO từ chối lệnh {command}: {reason}. Kế hoạch và mạng lưới có cùng bộ không?",
  },
  SUMO_SILENT: {
    en: "SUMO has not answered for {seconds} s and was ended. Try a smaller scenario, or --engine own.",
    vi: "SUMO không trả lời trong {seconds} s và đã bị kết thúc. Hãy thử kịch bản nhỏ hơn, hoặc --engine own.",
  },
  SUMO_ANSWER: {
    en: "SUMO answered what its protocol does not know: {reason}. Is it another version?",
    vi: "SUMO trả lời điều giao thức không biết: {reason}. Có phải phiên bản khác không?",
  },
} as const;
