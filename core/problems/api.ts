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
  BAD_INSTANT: {
    en: '{option} must be a date and time such as 2026-03-02T07:00:00+07:00 (got "{got}").',
    vi: '{option} phải là ngày giờ, ví dụ 2026-03-02T07:00:00+07:00 (nhận được "{got}").',
  },
  INTERNAL: {
    en: "Unexpected failure: {reason}. This is a bug in greenwave; set GREENWAVE_DEBUG=1 to see where.",
    vi: "Lỗi bất ngờ: {reason}. Đây là lỗi của greenwave; đặt GREENWAVE_DEBUG=1 để xem vị trí.",
  },
  NO_SUCH_CORRIDOR: {
    en: 'The site has no corridor "{corridor}". Corridors: {known}.',
    vi: 'Không có tuyến "{corridor}". Các tuyến: {known}.',
  },
  SERVICE_SILENT: {
    en: "No greenwave answers at {url} ({reason}). Start it with greenwave serve, or say with --url where it is.",
    vi: "Không có greenwave nào trả lời tại {url} ({reason}). Hãy khởi động bằng greenwave serve, hoặc chỉ địa chỉ bằng --url.",
  },
  SERVICE_REFUSED: {
    en: "The service at {url} refused: {reason}",
    vi: "Dịch vụ tại {url} từ chối: {reason}",
  },
  NO_SUCH_CAMERA: {
    en: 'The site has no camera "{camera}". Cameras: {known}.',
    vi: 'Không có camera "{camera}". Các camera: {known}.',
  },
  NO_SUCH_CONTROLLER: {
    en: 'The site has no controller for "{intersection}". Add one under controllers in the site file.',
    vi: 'Không có tủ điều khiển cho "{intersection}". Hãy thêm vào mục controllers của tệp cấu hình.',
  },
  NO_PLAN_IN_FILE: {
    en: "{file} holds no plan. Give it one plan, a list of plans, or what greenwave retime --json printed.",
    vi: "{file} không chứa phương án nào. Hãy đưa một phương án, một danh sách, hoặc kết quả của greenwave retime --json.",
  },
  NOT_A_PLAN: {
    en: "{file}: plan {number} is not a plan: {reason}. Nothing was sent.",
    vi: "{file}: phương án {number} không hợp lệ: {reason}. Chưa gửi gì.",
  },
  ADDRESS_FOR_ONE: {
    en: "--address names one controller, but the file holds {plans} plans. Nothing was sent; give one plan, or name the controllers in the site file.",
    vi: "--address chỉ một tủ điều khiển, nhưng tệp có {plans} phương án. Chưa gửi gì; hãy đưa một phương án hoặc khai báo tủ trong tệp cấu hình.",
  },
  BAD_ADDRESS: {
    en: 'The address must be host:port, such as 10.1.2.3:161 (got "{address}").',
    vi: 'Địa chỉ phải có dạng máy:cổng, ví dụ 10.1.2.3:161 (nhận được "{address}").',
  },
  CONTROLLER_IS_VIRTUAL: {
    en: "Controller {controller} is virtual: it lives inside the running service, which pushes its plans itself. To push by hand give --address.",
    vi: "Tủ {controller} là tủ ảo: nó nằm trong dịch vụ đang chạy và tự nhận phương án. Để gửi bằng tay hãy dùng --address.",
  },
  DISK_NEARLY_FULL: {
    en: "Only {free_gb} GB are free where {folder} is. Make room, or move the data folder with --data.",
    vi: "Chỉ còn {free_gb} GB trống tại {folder}. Hãy dọn bớt hoặc chuyển thư mục dữ liệu bằng --data.",
  },
  LEDGER_BROKEN: {
    en: "The ledger does not verify: entry {at} of {entries} does not follow from the one before ({fault}). Keep this folder as it is and restore a backup elsewhere.",
    vi: "Sổ cái không hợp lệ: mục {at} trong {entries} không nối tiếp mục trước ({fault}). Hãy giữ nguyên thư mục này và khôi phục bản sao ở nơi khác.",
  },
  DOCTOR_FOUND: {
    en: "Not fit for work: {names}. See above for what to do.",
    vi: "Chưa sẵn sàng: {names}. Xem phía trên để biết cách xử lý.",
  },
  MONITOR_TRIPPED: {
    en: "The conflict monitor of controller {controller} tripped ({fault}): the intersection flashes. Look at its log before restarting it.",
    vi: "Bộ giám sát xung đột của tủ {controller} đã tác động ({fault}): nút đang chớp vàng. Hãy xem nhật ký trước khi khởi động lại.",
  },
  SECRET_MISSING: {
    en: "{owner} takes its secret from the environment variable {variable}, which is not set.",
    vi: "{owner} lấy bí mật từ biến môi trường {variable}, nhưng biến này chưa được đặt.",
  },
  PORT_DENIED: {
    en: "This account may not open port {port} on {host}. Choose a port above 1023 with --port.",
    vi: "Tài khoản này không được mở cổng {port} trên {host}. Hãy chọn cổng trên 1023 bằng --port.",
  },
  HOST_REFUSED: {
    en: 'The address names this service "{host}", but it answers only to localhost, 127.0.0.1 and [::1]. Open http://127.0.0.1 with its port instead.',
    vi: 'Địa chỉ gọi dịch vụ này là "{host}", nhưng dịch vụ chỉ trả lời localhost, 127.0.0.1 và [::1]. Hãy mở http://127.0.0.1 kèm cổng của nó.',
  },
  READ_ONLY: {
    en: "{method} is not accepted: this page and its API only read. Change plans with the greenwave command.",
    vi: "Không nhận {method}: trang này và API của nó chỉ đọc. Hãy đổi phương án bằng lệnh greenwave.",
  },
  ROUTE_UNKNOWN: {
    en: "There is nothing at {path}. The page is at / and the service's health at /healthz.",
    vi: "Không có gì tại {path}. Trang chính ở / và tình trạng dịch vụ ở /healthz.",
  },
  BAD_QUERY: {
    en: "The query is not understood: {reason}. Correct it and ask again.",
    vi: "Không hiểu truy vấn: {reason}. Hãy sửa rồi hỏi lại.",
  },
  REQUEST_FAILED: {
    en: "The answer for {path} could not be made; the service's log says why. Try again, then look at /healthz.",
    vi: "Không tạo được câu trả lời cho {path}; nhật ký dịch vụ ghi rõ lý do. Hãy thử lại rồi xem /healthz.",
  },
  NO_PICTURE: {
    en: 'Camera "{camera}" has no picture now: its traffic is simulated, or its stream is not live. Its state is on the page.',
    vi: 'Camera "{camera}" hiện không có hình: lưu lượng được mô phỏng hoặc luồng chưa hoạt động. Xem trạng thái trên trang.',
  },
  TOO_MANY_VIEWERS: {
    en: "{limit} live views are open already. Close one, or wait a minute and reload the page.",
    vi: "Đã có {limit} cửa sổ xem trực tiếp. Hãy đóng bớt, hoặc đợi một phút rồi tải lại trang.",
  },
  PAGE_NOT_BUILT: {
    en: "The page has not been built. Type: npm run build",
    vi: "Trang chưa được dựng. Hãy gõ: npm run build",
  },
} as const;
