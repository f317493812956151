/** Problems of the gate's workflow: proposals, approvals, emergencies, secrets, and what may be written to a device. */
export const gateProblems = {
  DECISION_REFUSED: {
    en: "{intersection}: the control decision was refused: {reason}. Nothing was sent; decide anew.",
    vi: "{intersection}: quyết định điều khiển bị từ chối: {reason}. Chưa gửi gì; hãy quyết định lại.",
  },
  APPROVAL_NEEDS_TWO: {
    en: "cannot be automatic for a controller in the street: a second person has to approve each plan; leave it out",
    vi: "không thể là automatic với tủ ngoài đường: mỗi phương án phải có người thứ hai duyệt; hãy bỏ mục này",
  },
  WRITES_TOO_MANY: {
    en: "Controller {controller}: more requests that write than the limit of {per_s} a second allows. Nothing was sent; find what sends so much, then try again.",
    vi: "Tủ {controller}: số lệnh ghi vượt giới hạn {per_s} lệnh mỗi giây. Chưa gửi gì; hãy tìm nơi gửi quá nhiều rồi thử lại.",
  },
  NOT_IN_SITE: {
    en: "{address} is not an address of the site file. Devices are those of the site file; any other must be on this machine (127.0.0.1).",
    vi: "{address} không có trong tệp cấu hình. Chỉ gửi tới các tủ trong tệp; địa chỉ khác phải nằm trên máy này (127.0.0.1).",
  },
  AUTHOR_NEEDED: {
    en: "A controller in the street takes two people: say with --author who drafted it; their password is asked for, or taken from {variable}. Or propose the plan at the desk.",
    vi: "Tủ ngoài đường cần hai người: hãy nêu người soạn bằng --author; mật khẩu sẽ được hỏi hoặc lấy từ {variable}. Hoặc đề xuất tại bàn làm việc.",
  },
  SECRET_SHAPE: {
    en: "What came on stdin is no identity: one line is a community; an SNMPv3 identity is a JSON object with user, auth_key and priv_key of eight characters or more. A pass phrase has twelve or more. Nothing was kept.",
    vi: "Dữ liệu từ stdin không phải danh tính: một dòng là community; danh tính SNMPv3 là JSON có user, auth_key và priv_key từ tám ký tự. Cụm mật khẩu cần từ mười hai ký tự. Chưa lưu gì.",
  },
  SECRET_NOT_KEPT: {
    en: "No {direction} identity is kept for controller {device}. Set it: greenwave secrets set {device} {direction} < file",
    vi: "Chưa lưu danh tính {direction} cho tủ {device}. Hãy đặt: greenwave secrets set {device} {direction} < tệp",
  },
  SECRETS_KEY_EXPOSED: {
    en: "{file} can be read by others than its owner. Make it yours alone (chmod 600), and rotate: what it holds may be known.",
    vi: "{file} có thể bị người khác đọc. Hãy đặt quyền chỉ chủ sở hữu (chmod 600) và đổi khóa vì nội dung có thể đã lộ.",
  },
  SECRETS_KEY_UNREADABLE: {
    en: "The key of the secrets, {file}, cannot be used ({reason}). Bring the right file back; without it the secrets must be set anew.",
    vi: "Không dùng được khóa của kho bí mật {file} ({reason}). Hãy khôi phục đúng tệp; nếu không phải đặt lại các bí mật.",
  },
  SECRETS_KEY_WRONG: {
    en: "The secrets in {file} were sealed with another key or altered. Give the right key file or pass phrase.",
    vi: "Các bí mật trong {file} được niêm phong bằng khóa khác hoặc đã bị sửa. Hãy đưa đúng tệp khóa hoặc cụm mật khẩu.",
  },
  SECRETS_UNREADABLE: {
    en: "The secrets in {file} cannot be read ({reason}). Look at the file and its folder; a backup can take its place.",
    vi: "Không đọc được kho bí mật {file} ({reason}). Hãy kiểm tra tệp và thư mục; có thể dùng bản sao lưu.",
  },
  SECRETS_BY_KEY_FILE: {
    en: "The secrets are sealed with a key file, but GREENWAVE_SECRETS_PASSPHRASE is set. Unset it, or change over with greenwave secrets rotate --passphrase.",
    vi: "Kho bí mật dùng tệp khóa nhưng GREENWAVE_SECRETS_PASSPHRASE đang được đặt. Hãy bỏ biến này hoặc chuyển bằng greenwave secrets rotate --passphrase.",
  },
  SECRETS_BY_PASSPHRASE: {
    en: "The secrets are sealed with a pass phrase. Give it in GREENWAVE_SECRETS_PASSPHRASE.",
    vi: "Kho bí mật dùng cụm mật khẩu. Hãy đặt biến GREENWAVE_SECRETS_PASSPHRASE.",
  },
  IDENTITY_IN_STORE: {
    en: "names secrets of the environment, but identity is store: leave community_env and v3 out, and use greenwave secrets set",
    vi: "nêu bí mật trong biến môi trường nhưng identity là store: hãy bỏ community_env và v3, dùng greenwave secrets set",
  },
  PROPOSAL_UNKNOWN: {
    en: "There is no proposal {proposal}. Look at the list of proposals.",
    vi: "Không có đề xuất {proposal}. Hãy xem danh sách đề xuất.",
  },
  PROPOSAL_STEP_OUT_OF_TURN: {
    en: "The step “{step}” cannot be taken with a proposal that is “{state}”. Read the proposal again.",
    vi: "Không thể thực hiện bước “{step}” với đề xuất đang ở “{state}”. Hãy đọc lại đề xuất.",
  },
  PROPOSAL_MOVED_ON: {
    en: "Somebody else went on with proposal {proposal} meanwhile: it has {steps} steps, and you saw {seen}. Read it again before you decide.",
    vi: "Người khác đã xử lý tiếp đề xuất {proposal}: nay có {steps} bước, bạn mới xem {seen}. Hãy đọc lại trước khi quyết định.",
  },
  INTERSECTION_TAKEN: {
    en: "{intersection}: another change, proposal {other}, is under way. Wait for its end, then look at what runs and propose anew.",
    vi: "{intersection}: một thay đổi khác, đề xuất {other}, đang được thực hiện. Hãy chờ xong, xem lại nút giao rồi đề xuất lại.",
  },
  PROPOSAL_SAME_PERSON: {
    en: "{by} drafted this plan and cannot approve it. A second person has to.",
    vi: "{by} đã soạn phương án này nên không được duyệt. Cần người thứ hai.",
  },
  PROPOSAL_NOT_YOURS: {
    en: "Only {by}, who drafted it, can withdraw this proposal. Refuse it instead.",
    vi: "Chỉ {by}, người soạn, mới được rút đề xuất này. Hãy từ chối nó.",
  },
  GATE_REASON_MISSING: {
    en: "A reason is needed. Say in a sentence why.",
    vi: "Cần có lý do. Hãy nêu lý do trong một câu.",
  },
  PROPOSAL_BROKEN: {
    en: "The record of a proposal was altered or damaged: {what}. Nothing is done with it; verify the ledger.",
    vi: "Hồ sơ đề xuất đã bị sửa hoặc hỏng: {what}. Không thực hiện gì; hãy kiểm tra sổ cái.",
  },
  NOTHING_TO_REVERT: {
    en: "Controller {controller} was not activated by this process, so there is no command to go back to. Release it to its local plan.",
    vi: "Tủ {controller} chưa được tiến trình này kích hoạt nên không có lệnh để quay về. Hãy trả tủ về phương án tại chỗ.",
  },
  DEVICE_IN_TRANSITION: {
    en: "{intersection}: the controller is correcting its offset. Nothing is changed until it is in step.",
    vi: "{intersection}: tủ đang chỉnh lệch pha. Chưa thay đổi gì cho đến khi ổn định.",
  },
  DEVICE_PREEMPTED: {
    en: "{intersection}: the controller serves preempt {preempt}. Nothing is changed until it is over.",
    vi: "{intersection}: tủ đang phục vụ ưu tiên {preempt}. Chưa thay đổi gì cho đến khi xong.",
  },
  DEVICE_NOT_READY: {
    en: "{intersection}: the controller runs pattern {pattern} under {control} ({free}); a plan is sent to one that runs a plan or free under its own or our control. Look at the intersection.",
    vi: "{intersection}: tủ đang chạy phương án {pattern} ở chế độ {control} ({free}); chỉ gửi khi tủ chạy phương án hoặc chế độ tự do. Hãy xem nút giao.",
  },
  PROPOSAL_STALE: {
    en: "{intersection}: pattern {found} runs now, but proposal {proposal} was made against pattern {expected} or other parameters. Look at what runs, then propose anew.",
    vi: "{intersection}: nay đang chạy phương án {found}, nhưng đề xuất {proposal} dựa trên phương án {expected} hoặc tham số khác. Hãy xem lại rồi đề xuất lại.",
  },
  RELEASED_MEANWHILE: {
    en: "{intersection}: {by} released the controller to its local plan while the new plan was being taken into force (“{reason}”). Look at the intersection.",
    vi: "{intersection}: {by} đã trả tủ về phương án tại chỗ khi phương án mới đang được áp dụng (“{reason}”). Hãy xem nút giao.",
  },
  OBSERVED_OUT_OF_STEP: {
    en: "{intersection}: under observation the controller ran pattern {pattern} ({free}, {control}) in place of pattern {expected}. The change is rolled back.",
    vi: "{intersection}: khi theo dõi, tủ chạy phương án {pattern} ({free}, {control}) thay vì phương án {expected}. Thay đổi được hủy.",
  },
  COORDINATION_NOT_SEEN: {
    en: "{intersection}: pattern {pattern} runs, but in {looks} looks inside the coordinated green phases {phases} were never green together: the device's offset times another instant than the site file says (quirks.offset_reference). The change is rolled back.",
    vi: "{intersection}: phương án {pattern} đang chạy, nhưng trong {looks} lần xem giữa thời đoạn xanh phối hợp, các pha {phases} chưa lần nào cùng xanh: lệch pha của tủ tính tới thời điểm khác với tệp địa điểm (quirks.offset_reference). Thay đổi được hủy.",
  },
  SECRETS_WHO: {
    en: "say who changes who we are to a device: --as <account>, with its password in {variable}. An administrator's account may.",
    vi: "hãy cho biết ai thay đổi danh tính với tủ: --as <tài khoản>, mật khẩu đặt trong {variable}. Tài khoản quản trị được phép.",
  },
  PUSH_ENDED: {
    en: "{intersection}: the push was ended before its verdict. Whatever the device runs now it keeps for no longer than its backup timer; look with devices read.",
    vi: "{intersection}: việc gửi bị dừng trước khi có kết quả. Tủ chỉ giữ phương án đang chạy đến hết bộ hẹn giờ dự phòng; hãy xem bằng devices read.",
  },
  EDITED_MEANWHILE: {
    en: "{intersection}: somebody changed controller {controller} while a plan was being written to it. The plan is not made the one in force; compare the device, and accept it or put it right.",
    vi: "{intersection}: có người thay đổi tủ {controller} trong lúc đang ghi phương án. Phương án không được áp dụng; hãy so sánh tủ rồi chấp nhận hoặc sửa lại.",
  },
  DEVICE_FROZEN: {
    en: "Controller {controller}: its parameters were changed beside us (checksum {found}, expected {expected}). Nothing is written until somebody has compared the device and accepts it.",
    vi: "Tủ {controller}: tham số đã bị thay đổi ngoài hệ thống (mã {found}, đúng ra {expected}). Không ghi gì cho đến khi có người kiểm tra và chấp nhận.",
  },
  DEVICE_RELEASED: {
    en: "Controller {controller} was released to its local plan by {by} (“{reason}”). Nothing is sent to it until somebody takes it back.",
    vi: "Tủ {controller} đã được {by} trả về phương án tại chỗ (“{reason}”). Không gửi gì cho đến khi có người lấy lại quyền điều khiển.",
  },
  DEVICE_NOT_READ_BACK: {
    en: "Controller {controller} has not been read back since the start, so nothing is written to it yet. Wait until it answers.",
    vi: "Tủ {controller} chưa được đọc lại từ khi khởi động nên chưa ghi gì. Hãy chờ đến khi tủ trả lời.",
  },
  DEVICE_NOT_FROZEN: {
    en: "Controller {controller} is not frozen with checksum {found}. Read its state again.",
    vi: "Tủ {controller} không bị khóa ghi với mã {found}. Hãy đọc lại trạng thái.",
  },
  DEVICE_NOT_RELEASED: {
    en: "Controller {controller} is not released; there is nothing to take back.",
    vi: "Tủ {controller} không ở trạng thái đã trả về tại chỗ; không có gì để lấy lại.",
  },
  DEVICE_UNKNOWN: {
    en: "There is no controller {controller} in the site file, or its secret is missing. Look at the health of the service.",
    vi: "Không có tủ {controller} trong tệp cấu hình, hoặc thiếu khóa bí mật. Hãy xem tình trạng dịch vụ.",
  },
  INTERSECTION_BUSY: {
    en: "{intersection}: another change is being carried out at this moment. Wait for its end and look at what runs.",
    vi: "{intersection}: đang có một thay đổi khác được thực hiện. Hãy chờ xong rồi xem lại.",
  },
  NO_PREVIOUS_PLAN: {
    en: "{intersection}: no earlier plan was ever confirmed here, so there is none to go back to. Release the controller to its local plan.",
    vi: "{intersection}: chưa có phương án nào trước đó được xác nhận. Hãy trả tủ về phương án tại chỗ.",
  },
  INTERRUPTED_CHANGE: {
    en: "{intersection}: the service ended while proposal {proposal} was being carried out. Nothing was sent again; the controller runs pattern {found}. Propose anew if it is still wanted.",
    vi: "{intersection}: dịch vụ dừng khi đang thực hiện đề xuất {proposal}. Không gửi lại gì; tủ đang chạy phương án {found}. Hãy đề xuất lại nếu vẫn cần.",
  },
  SHADOW_FAILED: {
    en: "{intersection}: the shadow run of pattern {pattern} failed: {what}. The plan is refused.",
    vi: "{intersection}: chạy thử phương án {pattern} trên tủ ảo không đạt: {what}. Phương án bị từ chối.",
  },
} as const;
