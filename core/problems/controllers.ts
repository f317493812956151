export const controllerProblems = {
  CONTROLLER_SILENT: {
    en: "Controller {controller} at {address} did not answer within {timeout_s} s. Check its power, its address, its community and the network.",
    vi: "Tủ điều khiển {controller} tại {address} không trả lời trong {timeout_s} giây. Hãy kiểm tra nguồn, địa chỉ, community và mạng.",
  },
  CONTROLLER_UNREACHABLE: {
    en: "Controller {controller} at {address} cannot be reached: {reason}. Check the host name and the route to it.",
    vi: "Không tới được tủ điều khiển {controller} tại {address}: {reason}. Hãy kiểm tra tên máy và đường mạng.",
  },
  CONTROLLER_WRONG_ANSWER: {
    en: "Controller {controller} answered wrongly: {reason}. Nothing was activated; check that the address belongs to an NTCIP 1202 controller and that its firmware is sound.",
    vi: "Tủ điều khiển {controller} trả lời sai: {reason}. Chưa kích hoạt gì; hãy kiểm tra địa chỉ có đúng là tủ NTCIP 1202 và phần mềm của tủ.",
  },
  CONTROLLER_REFUSED: {
    en: "Controller {controller} refused {name}: {reason}. Check that the community may write and that nobody edits the controller at the cabinet.",
    vi: "Tủ điều khiển {controller} từ chối {name}: {reason}. Hãy kiểm tra quyền ghi của community và xem có ai đang sửa tại tủ không.",
  },
  CONTROLLER_LACKS: {
    en: "Controller {controller} has no {name}; greenwave cannot control it without. Check its NTCIP 1202 conformance statement.",
    vi: "Tủ điều khiển {controller} không có {name}; greenwave không thể điều khiển nếu thiếu. Hãy xem bản công bố hợp chuẩn NTCIP 1202 của tủ.",
  },
  CONTROLLER_BUSY: {
    en: "Controller {controller} already has {waiting} operations waiting. Try again when they are done.",
    vi: "Tủ điều khiển {controller} đang có {waiting} thao tác chờ. Hãy thử lại khi xong.",
  },
  CONTROLLER_CLOSED: {
    en: "The connection to controller {controller} is closed because the service is stopping. Start the service again to command it.",
    vi: "Kết nối tới tủ điều khiển {controller} đã đóng vì dịch vụ đang dừng. Hãy khởi động lại dịch vụ để điều khiển.",
  },
  TRANSACTION_STUCK: {
    en: "Controller {controller} stays in database state {state}; nothing was changed. Wait for the edit at the cabinet to end, or restart the controller's database session.",
    vi: "Tủ điều khiển {controller} vẫn ở trạng thái cơ sở dữ liệu {state}; chưa thay đổi gì. Hãy đợi việc sửa tại tủ kết thúc hoặc khởi động lại phiên cơ sở dữ liệu.",
  },
  TRANSACTION_REFUSED: {
    en: 'Controller {controller} refused the plan at verification: "{text}". The old values stay in force; correct what it names and retime.',
    vi: 'Tủ điều khiển {controller} từ chối phương án khi kiểm tra: "{text}". Giá trị cũ vẫn hiệu lực; hãy sửa điều được nêu rồi tính lại.',
  },
  READ_BACK_DIFFERS: {
    en: "Controller {controller}: {name} ({oid}) was sent as {sent} but reads {read}. The plan is not activated; check the controller before trying again.",
    vi: "Tủ điều khiển {controller}: {name} ({oid}) gửi {sent} nhưng đọc lại {read}. Phương án không được kích hoạt; hãy kiểm tra tủ trước khi thử lại.",
  },
  PLAN_NOT_PROVED: {
    en: "Controller {controller} was given a plan that did not come from the safety gate. Pass the plan through the gate first.",
    vi: "Tủ điều khiển {controller} nhận một phương án không qua cổng an toàn. Hãy đưa phương án qua cổng trước.",
  },
  CONTROLLER_ELSEWHERE: {
    en: "The plan is for {plan}, but controller {controller} stands at {intersection}. Send it to the right controller.",
    vi: "Phương án dành cho {plan}, nhưng tủ điều khiển {controller} ở {intersection}. Hãy gửi tới đúng tủ.",
  },
  PLAN_NOT_DOWNLOADED: {
    en: "Pattern {pattern} was not downloaded to controller {controller} and read back, so it cannot be activated. Download it first.",
    vi: "Phương án số {pattern} chưa được nạp vào tủ {controller} và đọc lại nên không thể kích hoạt. Hãy nạp trước.",
  },
  DEVICE_TIMING_CHANGED: {
    en: "The phase timing in controller {controller} changed after the plan was proved. Somebody edited the controller; prove the plan again.",
    vi: "Thời gian pha trong tủ {controller} đã đổi sau khi phương án được chứng minh. Có người đã sửa tủ; hãy chứng minh lại.",
  },
  PATTERN_IN_FORCE: {
    en: "Pattern {pattern} is running in controller {controller}; writing to it would change the street before read-back. Write to another pattern number.",
    vi: "Phương án số {pattern} đang chạy trong tủ {controller}; ghi vào đó sẽ đổi đèn trước khi đọc lại. Hãy ghi vào số khác.",
  },
  SPLIT_ROW_SHARED: {
    en: "Pattern {other} of controller {controller} uses split table {pattern}; writing it would change that pattern too. Give pattern {other} its own split table.",
    vi: "Phương án {other} của tủ {controller} dùng bảng chia {pattern}; ghi vào sẽ đổi cả phương án đó. Hãy cho phương án {other} bảng chia riêng.",
  },
  ACTIVATION_NOT_CONFIRMED: {
    en: "Controller {controller} did not confirm pattern {pattern} within {seconds} s (it runs {running}, free status {free_status}); pattern {back} was commanded again. Check its coordination alarms.",
    vi: "Tủ {controller} không xác nhận phương án {pattern} trong {seconds} giây (đang chạy {running}, trạng thái {free_status}); đã lệnh lại phương án {back}. Hãy xem cảnh báo phối hợp.",
  },
  ROLL_BACK_FAILED: {
    en: "Controller {controller} could not be commanded back to pattern {back}. Its backup timer will hand it to its local plan within {backup_s} s; look at the intersection.",
    vi: "Không lệnh được tủ {controller} về phương án {back}. Bộ định thời dự phòng sẽ trả về phương án tại chỗ trong {backup_s} giây; hãy xem nút giao.",
  },
  ACTIVATION_OVERTAKEN: {
    en: "The activation of pattern {pattern} in controller {controller} was overtaken by a newer command. Look at its status for what it runs now.",
    vi: "Việc kích hoạt phương án {pattern} trong tủ {controller} bị một lệnh mới hơn thay thế. Hãy xem trạng thái để biết tủ đang chạy gì.",
  },
  COMMAND_DROPPED: {
    en: "Controller {controller} no longer holds the command for pattern {pattern} (it holds {held}): it went back to its local plan. Push a plan again to take control.",
    vi: "Tủ {controller} không còn giữ lệnh phương án {pattern} (đang giữ {held}): đã về phương án tại chỗ. Hãy gửi lại phương án để điều khiển.",
  },
  CENTRAL_CONTROL_OFF: {
    en: "Controller {controller} is set to {mode} by hand (coordOperationalMode {value}); it would not follow the centre. Set it to automatic at the cabinet.",
    vi: "Tủ {controller} đang đặt tay ở {mode} (coordOperationalMode {value}) nên không theo trung tâm. Hãy đặt tự động tại tủ.",
  },
  BACKUP_TIME_ZERO: {
    en: "{intersection}: the controller's backup timer is off (unitBackupTime 0), so a lost centre would hold the last command. Set it to 60 s or more at the controller.",
    vi: "{intersection}: bộ định thời dự phòng của tủ đang tắt (unitBackupTime 0), mất trung tâm sẽ giữ lệnh cuối. Hãy đặt từ 60 giây trở lên tại tủ.",
  },
  BACKUP_TIME_SHORT: {
    en: "{intersection}: the controller's backup timer of {backup_s} s leaves no room for three heartbeats and a retry. Set it to {least_s} s or more at the controller.",
    vi: "{intersection}: bộ định thời dự phòng {backup_s} giây không đủ cho ba nhịp và một lần thử lại. Hãy đặt từ {least_s} giây trở lên tại tủ.",
  },
  PLAN_SHAPE: {
    en: "The plan for {intersection} is not a plan: {path} {reason}. A plan holds cycle, offset and splits only; clearances belong to the intersection.",
    vi: "Phương án cho {intersection} không hợp lệ: {path} {reason}. Phương án chỉ có chu kỳ, lệch pha và chia pha; thời gian chuyển pha thuộc nút giao.",
  },
  DEVICE_DIFFERS: {
    en: "{intersection}: {what} is {device} in the controller but {site} in the site file. Make the two agree before sending plans.",
    vi: "{intersection}: {what} trong tủ là {device} nhưng trong tệp là {site}. Hãy làm cho khớp trước khi gửi phương án.",
  },
  DEVICE_PATTERN_UNSAFE: {
    en: "{intersection}: pattern {pattern} already in the controller breaks the plan rules named next. Correct or clear it at the controller.",
    vi: "{intersection}: phương án {pattern} có sẵn trong tủ vi phạm các quy tắc nêu kế tiếp. Hãy sửa hoặc xóa tại tủ.",
  },
  REHEARSED_CONFLICT: {
    en: "{intersection}: in rehearsal of pattern {pattern}, phases {a} and {b} had right of way together at {at_s} s. The plan is refused; check conflicts and rings.",
    vi: "{intersection}: khi diễn tập phương án {pattern}, pha {a} và {b} cùng được đi tại giây {at_s}. Phương án bị từ chối; hãy kiểm tra xung đột và vòng.",
  },
  REHEARSED_CLEARANCE: {
    en: "{intersection}: in rehearsal of pattern {pattern}, phase {b} started {got_s} s after phase {a} ended, but {need_s} s are needed. The plan is refused; check clearances and intergreens.",
    vi: "{intersection}: khi diễn tập phương án {pattern}, pha {b} bắt đầu {got_s} giây sau khi pha {a} hết, cần {need_s} giây. Phương án bị từ chối; hãy kiểm tra thời gian chuyển pha.",
  },
  REHEARSED_CUT: {
    en: "{intersection}: in rehearsal of pattern {pattern}, {what} of phase {phase} lasted {got_s} s, but {need_s} s are needed. The plan is refused; lengthen the split.",
    vi: "{intersection}: khi diễn tập phương án {pattern}, {what} của pha {phase} kéo dài {got_s} giây, cần {need_s} giây. Phương án bị từ chối; hãy tăng thời lượng pha.",
  },
  REHEARSED_WAIT: {
    en: "{intersection}: in rehearsal of pattern {pattern}, phase {phase} with a call waited {got_s} s, more than two cycles. The plan is refused; check the splits.",
    vi: "{intersection}: khi diễn tập phương án {pattern}, pha {phase} có yêu cầu phải chờ {got_s} giây, quá hai chu kỳ. Phương án bị từ chối; hãy kiểm tra chia pha.",
  },
  VIRTUAL_PORT_BUSY: {
    en: "UDP port {port} for a virtual controller is in use by another program. Stop it, or give the controller another port (0 takes any free one).",
    vi: "Cổng UDP {port} của tủ ảo đang bị chương trình khác dùng. Hãy dừng nó hoặc đặt cổng khác cho tủ (0 là cổng trống bất kỳ).",
  },
  VIRTUAL_NOT_STARTED: {
    en: "The virtual controllers did not start: {reason}. Build the project and look at the log lines before this one.",
    vi: "Các tủ ảo không khởi động được: {reason}. Hãy biên dịch dự án và xem các dòng nhật ký phía trên.",
  },
  VIRTUAL_STOPPED: {
    en: "The process of the virtual controllers ended by itself ({reason}); their intersections are dark. Start the service again.",
    vi: "Tiến trình tủ ảo tự kết thúc ({reason}); các nút giao của chúng không còn đèn. Hãy khởi động lại dịch vụ.",
  },
} as const;
