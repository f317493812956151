/** What can stand in the way of an account, a log-in, or what somebody wants to see. */
export const accountProblems = {
  LOGIN_NEEDED: {
    en: "log in first: this is not open to everybody.",
    vi: "hãy đăng nhập trước: nội dung này không mở cho mọi người.",
  },
  NOT_PERMITTED: {
    en: "your roles do not allow this ({permission} is needed). Ask an administrator if your work needs it.",
    vi: "vai trò của bạn không cho phép việc này (cần quyền {permission}). Hãy hỏi quản trị viên nếu công việc cần.",
  },
  LOGIN_WRONG: {
    en: "the name or the password is wrong, or the account is closed.",
    vi: "sai tên hoặc mật khẩu, hoặc tài khoản đã bị khóa.",
  },
  LOGIN_TOO_OFTEN: {
    en: "too many wrong passwords. Try again in {wait_s} s.",
    vi: "sai mật khẩu quá nhiều lần. Hãy thử lại sau {wait_s} giây.",
  },
  FIRST_TOKEN_WRONG: {
    en: "this token makes no first administrator: it is wrong, or there is an account already. The service writes it where it was started.",
    vi: "mã này không tạo được quản trị viên đầu tiên: mã sai, hoặc đã có tài khoản. Dịch vụ ghi mã ở nơi nó được khởi động.",
  },
  ACCOUNT_NAME_BAD: {
    en: "“{name}” is no account name. Use 2 to 41 lower-case letters, digits and . _ -, beginning with a letter.",
    vi: "“{name}” không phải tên tài khoản hợp lệ. Hãy dùng 2 đến 41 chữ thường, chữ số và . _ -, bắt đầu bằng chữ cái.",
  },
  ACCOUNT_EXISTS: {
    en: "there is an account “{name}” already. Choose another name.",
    vi: "đã có tài khoản “{name}”. Hãy chọn tên khác.",
  },
  ACCOUNT_UNKNOWN: {
    en: "there is no account “{name}”.",
    vi: "không có tài khoản “{name}”.",
  },
  ACCOUNT_OWN: {
    en: "{name} cannot change {name}'s own roles. Another administrator must.",
    vi: "{name} không thể tự đổi vai trò của mình. Quản trị viên khác phải làm việc này.",
  },
  ROLES_APART: {
    en: "{a} and {b} must not be in one hand. Give them to two people.",
    vi: "{a} và {b} không được do một người giữ. Hãy giao cho hai người.",
  },
  PASSWORD_SHORT: {
    en: "the password is too short: {fewest} characters at least. A few words are easier to remember than signs.",
    vi: "mật khẩu quá ngắn: ít nhất {fewest} ký tự. Vài từ dễ nhớ hơn các ký hiệu.",
  },
  PASSWORD_HOLDS_NAME: {
    en: "the password holds the account's name. Choose another one.",
    vi: "mật khẩu chứa tên tài khoản. Hãy chọn mật khẩu khác.",
  },
  ORIGIN_REFUSED: {
    en: "this request came from another site's page, and such pages may change nothing here.",
    vi: "yêu cầu này đến từ trang của một trang web khác; những trang đó không được thay đổi gì ở đây.",
  },
  APPROVER_NEEDED: {
    en: "say who approves: --as <account>, with its password typed or in {variable}. An engineer's account may.",
    vi: "hãy cho biết ai phê duyệt: --as <tài khoản>, nhập mật khẩu hoặc đặt trong {variable}. Tài khoản kỹ sư được phép.",
  },
  RANGE_OUTSIDE: {
    en: "that part lies behind the end of the file.",
    vi: "phần được yêu cầu nằm sau cuối tệp.",
  },
  BAD_BODY: {
    en: "the request is not understood: {reason}",
    vi: "không hiểu yêu cầu: {reason}",
  },
  PASSWORD_UNSET: {
    en: "Set {variable} to the password of {account}, and run this again.",
    vi: "Hãy đặt {variable} là mật khẩu của {account} rồi chạy lại.",
  },
} as const;
