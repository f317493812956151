export const apiProblems = {
  PORT_BUSY: {
    en: "Port {port} on {host} is in use by another program. Stop it, or choose another with --port.",
    vi: "Cổng {port} trên {host} đang bị chương trình khác dùng. Hãy dừng nó hoặc chọn cổng khác bằng --port.",
  },
  UNKNOWN_VERB: {
    en: 'There is no verb "{verb}"; {hint}.',
    vi: 'Không có lệnh "{verb}"; {hint}.',
  },
  UNKNOWN_OPTION: {
    en: "{verb} has no option {option}; {hint}",
    vi: "{verb} không có tùy chọn {option}; {hint}",
  },
  BAD_ARGUMENT: {
    en: "{reason}. See: greenwave {verb} --help",
    vi: "{reason}. Xem: greenwave {verb} --help",
  },
  TOO_MANY_ARGUMENTS: {
    en: '{verb} does not take "{extra}". See: greenwave {verb} --help',
    vi: '{verb} không nhận "{extra}". Xem: greenwave {verb} --help',
  },
  MISSING_ARGUMENT: {
    en: "{verb} needs {what}. See: greenwave {verb} --help",
    vi: "{verb} cần {what}. Xem: greenwave {verb} --help",
  },
  BAD_NUMBER: {
    en: '{option} must be a number from {min} to {max} (got "{got}").',
    vi: '{option} phải là số từ {min} đến {max} (nhận được "{got}").',
  },
  INTERNAL: {
    en: "Unexpected failure: {reason}. This is a bug in greenwave; set GREENWAVE_DEBUG=1 to see where.",
    vi: "Lỗi bất ngờ: {reason}. Đây là lỗi của greenwave; đặt GREENWAVE_DEBUG=1 để xem vị trí.",
  },
  NO_SUCH_CORRIDOR: {
    en: 'The site has no corridor "{corridor}". Corridors: {known}.',
    vi: 'Không có tuyến "{corridor}". Các tuyến: {known}.',
  },
  NO_SUCH_CAMERA: {
    en: 'The site has no camera "{camera}". Cameras: {known}.',
    vi: 'Không có camera "{camera}". Các camera: {known}.',
  },
  NO_SUCH_CONTROLLER: {
    en: 'The site has no controller for "{intersection}". Add one under controllers in the site file.',
    vi: 'Không có tủ điều khiển cho "{intersection}". Hãy thêm vào mục controllers của tệp cấu hình.',
  },
  SECRET_MISSING: {
    en: "{owner} takes its secret from the environment variable {variable}, which is not set.",
    vi: "{owner} lấy bí mật từ biến môi trường {variable}, nhưng biến này chưa được đặt.",
  },
} as const;
