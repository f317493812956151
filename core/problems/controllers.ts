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
  V3_AND_ITS_USER: {
    en: "must be given with `version: v3`, and with no other version: it names the SNMPv3 user and the variables of its keys",
    vi: "phải có khi `version: v3` và chỉ khi đó: nêu người dùng SNMPv3 và biến chứa khóa",
  },
  COMMUNITY_OF_V1_AND_V2C: {
    en: "must be given with `version` v1 and v2c, and not with v3, which has keys of its own",
    vi: "phải có với `version` v1 và v2c, không dùng với v3 vì v3 có khóa riêng",
  },
  V3_FILE_BAD: {
    en: "{file} does not give an SNMPv3 user: {reason}. It holds user, auth (sha256, sha384, sha512), priv (aes128, aes256), auth_key_file and priv_key_file.",
    vi: "{file} không nêu được người dùng SNMPv3: {reason}. Tệp gồm user, auth (sha256, sha384, sha512), priv (aes128, aes256), auth_key_file và priv_key_file.",
  },
  DEVICES_WHAT: {
    en: "devices {given} is not known. Say what to do: discover, read, compare, push, release or watch; see greenwave devices --help.",
    vi: "Không biết devices {given}. Hãy nêu việc cần làm: discover, read, compare, push, release hoặc watch; xem greenwave devices --help.",
  },
  DEVICES_WHERE: {
    en: "No controller is named. Give its id from the site file, or --host and --port.",
    vi: "Chưa nêu tủ điều khiển nào. Hãy nêu id trong tệp hoặc --host và --port.",
  },
  DEVICES_NOTHING_TO_COMPARE: {
    en: "Nothing says what controller {controller} should hold. Name a controller of the site file, or give a database with --with.",
    vi: "Không có gì nêu tủ {controller} phải chứa gì. Hãy nêu tủ có trong tệp hoặc cho cơ sở dữ liệu bằng --with.",
  },
  DEVICE_WITHOUT_SITE: {
    en: "The gate proves for an intersection, and no site file says where {controller} stands. Name it as the site file does, with --site.",
    vi: "Cổng an toàn chứng minh cho một nút giao, nhưng không tệp nào nêu {controller} ở đâu. Hãy nêu tên như trong tệp, kèm --site.",
  },
  DEVICE_NO_PLAN_FOR: {
    en: "{file} holds no plan for {intersection}, where {controller} stands. Give the file that does.",
    vi: "{file} không có phương án cho {intersection}, nơi đặt {controller}. Hãy cho đúng tệp.",
  },
  DEVICES_UNKNOWN: {
    en: "The site file has no controller {controller}; it has {known}. Give one of these, or --host and --port.",
    vi: "Tệp không có tủ điều khiển {controller}; có {known}. Hãy nêu một trong số đó hoặc --host và --port.",
  },
  DEVICE_VIRTUAL_ADDRESS: {
    en: "Controller {controller} is virtual: the service starts it on a port of its own. Give that with --host and --port, and its community in {variable}.",
    vi: "Tủ {controller} là tủ ảo: dịch vụ mở cổng riêng cho nó. Hãy nêu bằng --host và --port, community đặt trong {variable}.",
  },
  CREDENTIALS_NEEDED: {
    en: "Nothing says who we are to {address}. Give --community-env with v1 or v2c, or --v3 with a file that names the user and its key files.",
    vi: "Chưa nêu danh tính với {address}. Hãy dùng --community-env cho v1 hoặc v2c, hoặc --v3 với tệp nêu người dùng và tệp khóa.",
  },
  DATABASE_FILE_BAD: {
    en: "{file} is no database of a controller: {reason}. Make one with greenwave devices read --out.",
    vi: "{file} không phải cơ sở dữ liệu của tủ điều khiển: {reason}. Hãy tạo bằng greenwave devices read --out.",
  },
  DEVICES_DIFFER: {
    en: "Controller {controller} holds {count} values otherwise than {against}. Look at them before anything is sent.",
    vi: "Tủ {controller} có {count} giá trị khác với {against}. Hãy xem trước khi gửi gì.",
  },
  SNMP_TIME_WINDOW: {
    en: "Controller {controller} at {address} answers outside the SNMPv3 time window. It restarted without counting the start, or somebody sends its old messages again; a fresh session is tried.",
    vi: "Tủ {controller} tại {address} trả lời ngoài cửa sổ thời gian SNMPv3. Tủ khởi động lại mà không đếm, hoặc có người phát lại tin cũ; đang thử phiên mới.",
  },
  SNMP_AUTH_KEY_WRONG: {
    en: "Controller {controller} at {address} does not accept our SNMPv3 authentication key. Enter the key of this device, and check that both use the same hash.",
    vi: "Tủ {controller} tại {address} không nhận khóa xác thực SNMPv3 của ta. Hãy nhập đúng khóa của tủ và kiểm tra hai bên dùng cùng hàm băm.",
  },
  SNMP_PRIV_KEY_WRONG: {
    en: "Controller {controller} at {address} says who it is, but nothing to what we encrypt. Enter the SNMPv3 privacy key of this device and its cipher; if they are right, the line loses too much.",
    vi: "Tủ {controller} tại {address} có đáp khi được hỏi tên nhưng không đáp dữ liệu mã hóa. Hãy nhập đúng khóa bảo mật SNMPv3 và mã; nếu đã đúng thì đường truyền mất gói quá nhiều.",
  },
  SNMP_USER_UNKNOWN: {
    en: "Controller {controller} at {address} does not know our SNMPv3 user. Create the user at the controller, or correct its name here.",
    vi: "Tủ {controller} tại {address} không biết người dùng SNMPv3 của ta. Hãy tạo người dùng tại tủ hoặc sửa tên ở đây.",
  },
  SNMP_LEVEL_REFUSED: {
    en: "Controller {controller} at {address} refuses authentication with privacy for our SNMPv3 user. Allow authPriv for it at the controller.",
    vi: "Tủ {controller} tại {address} không cho người dùng SNMPv3 của ta dùng xác thực kèm bảo mật. Hãy cho phép authPriv tại tủ.",
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
  DEVICE_CHANGED_MEANWHILE: {
    en: "Somebody changed the database of controller {controller} while it was read. Wait for the edit at the cabinet to end and read it again.",
    vi: "Có người đổi cơ sở dữ liệu của tủ {controller} khi đang đọc. Hãy đợi việc sửa tại tủ kết thúc rồi đọc lại.",
  },
  NOT_A_SIGNAL_CONTROLLER: {
    en: "What answers at {address} is no NTCIP 1202 signal controller: it has neither phases nor coordination ({description}). Check the address and the port.",
    vi: "Thiết bị trả lời tại {address} không phải tủ tín hiệu NTCIP 1202: không có pha cũng không có phối hợp ({description}). Hãy kiểm tra địa chỉ và cổng.",
  },
  DATABASE_NOT_PROVED: {
    en: "Controller {controller} was given a database that did not come from the safety gate. Pass the document through the gate first.",
    vi: "Tủ {controller} nhận một cơ sở dữ liệu không qua cổng an toàn. Hãy đưa tài liệu qua cổng trước.",
  },
  DATABASE_ELSEWHERE: {
    en: "The database is for controller {meant}, not for {controller}. Send it to the right controller.",
    vi: "Cơ sở dữ liệu dành cho tủ {meant}, không phải {controller}. Hãy gửi tới đúng tủ.",
  },
  DATABASE_LACKS_OBJECT: {
    en: "Controller {controller} has no {name}, which the database states. Take it out of the document, or send the document to a device that has it.",
    vi: "Tủ {controller} không có {name} mà cơ sở dữ liệu nêu. Hãy bỏ khỏi tài liệu hoặc gửi tới tủ có đối tượng đó.",
  },
  DATABASE_NOT_CONFIRMED: {
    en: "Controller {controller} did not run well under its new database within {seconds} s (pattern {running}, free status {free_status}); the old values were written back. Check its coordination alarms.",
    vi: "Tủ {controller} không chạy tốt với cơ sở dữ liệu mới trong {seconds} giây (phương án {running}, trạng thái {free_status}); đã ghi lại giá trị cũ. Hãy xem cảnh báo phối hợp.",
  },
  DATABASE_ROLL_BACK_FAILED: {
    en: "The old database could not be written back to controller {controller}. Read it and look at the intersection; nothing more is sent until somebody accepts what it holds.",
    vi: "Không ghi lại được cơ sở dữ liệu cũ vào tủ {controller}. Hãy đọc lại và xem nút giao; sẽ không gửi gì thêm cho tới khi có người chấp nhận.",
  },
  OFFSET_REFERENCE_OTHER: {
    en: "Controller {controller} counts offsets to {reference}, and in pattern {pattern} nobody can say when that is: its splits make no cycle. Nothing was sent; mend the plan.",
    vi: "Tủ {controller} tính lệch pha tới {reference}, nhưng với phương án {pattern} không xác định được thời điểm đó vì các thời đoạn không tạo thành chu kỳ. Chưa gửi gì; hãy sửa phương án.",
  },
  LOCAL_EDIT: {
    en: "Somebody changed the database of controller {controller}: its checksum is {found}, we left it at {expected}. Nothing is written until somebody reads the change and accepts checksum {found}.",
    vi: "Có người đổi cơ sở dữ liệu của tủ {controller}: tổng kiểm là {found}, ta để lại {expected}. Không ghi gì cho tới khi có người đọc thay đổi và chấp nhận tổng kiểm {found}.",
  },
  LOCAL_EDIT_OTHER: {
    en: "Controller {controller} holds checksum {found}, not {accepted}: it was changed again. Read it, and accept what it holds now.",
    vi: "Tủ {controller} có tổng kiểm {found}, không phải {accepted}: lại bị đổi. Hãy đọc lại và chấp nhận giá trị hiện tại.",
  },
  CLOCK_DRIFT: {
    en: "The clock of controller {controller} is {drift_s} s off ours; more than {limit_s} s moves its offsets. Set it, and check its time source.",
    vi: "Đồng hồ tủ {controller} lệch {drift_s} giây so với ta; quá {limit_s} giây sẽ làm lệch pha. Hãy chỉnh và kiểm tra nguồn giờ của tủ.",
  },
  CLOCK_NOT_SET: {
    en: "Controller {controller} did not take the time: it is still {drift_s} s off. Check that it may be set from the centre and is not fed by another source.",
    vi: "Tủ {controller} không nhận giờ: vẫn lệch {drift_s} giây. Hãy kiểm tra tủ có cho chỉnh từ trung tâm và không nhận giờ từ nguồn khác.",
  },
  BACKUP_TIME_LONG: {
    en: "{intersection}: the controller's backup timer of {backup_s} s is too long for control second by second: with the line cut, a green would be held for so long. Set it to {most_s} s or less at the controller.",
    vi: "{intersection}: bộ định thời dự phòng {backup_s} giây quá dài cho điều khiển từng giây: khi đứt liên lạc, một pha xanh sẽ bị giữ chừng ấy. Hãy đặt không quá {most_s} giây tại tủ.",
  },
  CONTROL_ABSENT: {
    en: "Controller {controller} has no {name}, so it cannot be controlled second by second. Its plan is adjusted cycle by cycle instead; nothing was sent.",
    vi: "Tủ điều khiển {controller} không có {name} nên không điều khiển từng giây được. Kế hoạch của tủ được chỉnh theo từng chu kỳ; chưa gửi gì.",
  },
  DECISION_STALE: {
    en: "The control decision for {controller} is no longer fresh; nothing was sent. Decide anew from what the street shows now.",
    vi: "Quyết định điều khiển cho {controller} không còn mới; chưa gửi gì. Hãy quyết định lại theo tình trạng hiện tại.",
  },
  CONTROL_BITS_STAY: {
    en: "The control bits of controller {controller} could not be cleared. They fall with its backup timer within {backup_s} s, because nothing more is sent; look at the intersection.",
    vi: "Không xóa được các bit điều khiển của tủ {controller}. Chúng sẽ hết theo bộ định thời dự phòng trong {backup_s} giây vì không gửi gì thêm; hãy xem nút giao.",
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
  VCONTROLLER_NEEDS_SECRET: {
    en: "A virtual controller does not start without a secret. Give --community with a name of your own, or --v3 with a file that names the user and its key files.",
    vi: "Tủ ảo không khởi động nếu không có bí mật. Hãy dùng --community với tên tự chọn, hoặc --v3 với tệp nêu người dùng và tệp khóa.",
  },
  HIRES_NOT_WRITTEN: {
    en: "The hi-res logs in {folder} are not written any more: {reason}. The controllers go on.",
    vi: "Không ghi được nhật ký chi tiết vào {folder}: {reason}. Các tủ vẫn chạy.",
  },
  VCONTROLLER_PORTS: {
    en: "Ports {first} to {last} do not exist: the last is 65535. Begin with a lower port or take fewer controllers.",
    vi: "Không có các cổng {first} đến {last}: cổng cuối là 65535. Hãy bắt đầu ở cổng thấp hơn hoặc bớt số tủ.",
  },
  VCONTROLLER_OFFSET_REFERENCE: {
    en: "{given} is no instant that offsets time. Take one of {known}.",
    vi: "{given} không phải là thời điểm quy chiếu của lệch pha. Hãy chọn một trong {known}.",
  },
  FAULTS_FILE_BAD: {
    en: "{file} does not say how to misbehave: {reason}. What it may hold is in docs/reference/virtual-controller.md.",
    vi: "{file} không nêu được cách gây lỗi: {reason}. Nội dung cho phép ghi trong docs/reference/virtual-controller.md.",
  },
  ENGINE_BOOTS_BAD: {
    en: "The starts of the virtual controllers cannot be counted in {file}: {reason}. Mend the file or give another; a new one begins at 1.",
    vi: "Không đếm được số lần khởi động của tủ ảo trong {file}: {reason}. Hãy sửa tệp hoặc dùng tệp khác; tệp mới bắt đầu từ 1.",
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
