export const controllerProblems = {
  CONTROLLER_SILENT: {
    en: "Controller {controller} at {address} did not answer within {timeout_s} s. Check its power, its address and the network.",
    vi: "Tủ điều khiển {controller} tại {address} không trả lời trong {timeout_s} giây. Hãy kiểm tra nguồn, địa chỉ và mạng.",
  },
} as const;
