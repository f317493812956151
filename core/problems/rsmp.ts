/** Problems of RSMP sites and supervisors: how they are started, who they talk to, what is asked of them. */
export const rsmpProblems = {
  RSMP_LISTENER_MISSING: {
    en: "The site file has controllers of kind rsmp, but does not say where they dial in. Add a section rsmp with port, cert, key and ca.",
    vi: "Tệp cấu hình có tủ kiểu rsmp nhưng không nói chúng kết nối vào đâu. Hãy thêm mục rsmp với port, cert, key và ca.",
  },
  RSMP_TLS_OR_PLAIN: {
    en: "needs cert, key and ca, all three, or plain: true for connections that anybody can read and change",
    vi: "cần đủ cert, key và ca, hoặc plain: true cho kết nối mà ai cũng đọc và sửa được",
  },
  RSMP_PLAN_ONLY: {
    en: "cannot be adaptive for an RSMP site, whose phases nobody can lead second by second: leave it out",
    vi: "không thể là adaptive với site RSMP vì không thể điều khiển từng giây: hãy bỏ mục này",
  },
  RSMP_IS_DIALLED_FROM: {
    en: "Controller {controller} is an RSMP site: it dials in to the service, and is commanded there alone. Use the desk.",
    vi: "Tủ {controller} là site RSMP: nó tự kết nối vào dịch vụ và chỉ được điều khiển tại đó. Hãy dùng bàn điều khiển.",
  },
  RSMP_SPLITS: {
    en: "{intersection}: this plan cannot be said to its RSMP site: {what}. Change the plan, or the stages and bands of the controller in the site file.",
    vi: "{intersection}: không thể chuyển phương án này cho tủ RSMP: {what}. Hãy sửa phương án, hoặc mục stages và bands của tủ trong tệp cấu hình.",
  },
  RSMP_PLAN_NOT_OURS: {
    en: "Time plan {pattern} of controller {controller} is not one that we may write to ({plans}). Use one of those, or add it to plans in the site file.",
    vi: "Không được ghi vào phương án {pattern} của tủ {controller} (chỉ {plans}). Hãy dùng một trong số đó hoặc thêm vào mục plans.",
  },
  RSMP_CERTIFICATE: {
    en: "The file for --{what}, {file}, could not be read: {reason}. Give --cert, --key and --ca as PEM files, or say --plain for a connection without TLS.",
    vi: "Không đọc được tệp cho --{what}, {file}: {reason}. Hãy đưa --cert, --key và --ca dạng PEM, hoặc ghi --plain để kết nối không TLS.",
  },
  RSMP_CERTIFICATE_NEEDED: {
    en: "RSMP runs over TLS 1.3 with certificates on both sides: give --cert, --key and --ca, or say --plain for a connection that anybody can read and change.",
    vi: "RSMP chạy trên TLS 1.3 với chứng chỉ ở cả hai phía: hãy đưa --cert, --key và --ca, hoặc ghi --plain cho kết nối mà ai cũng đọc và sửa được.",
  },
  RSMP_CERTIFICATE_WRONG: {
    en: "The certificates cannot be used: {reason}. Check that the key belongs to the certificate and that all three are PEM files.",
    vi: "Không dùng được chứng chỉ: {reason}. Hãy kiểm tra khóa có đúng của chứng chỉ và cả ba là tệp PEM.",
  },
  RSMP_PLAIN_OR_TLS: {
    en: "--plain and certificates exclude each other. Leave out --plain to have TLS.",
    vi: "Không dùng --plain cùng với chứng chỉ. Hãy bỏ --plain để có TLS.",
  },
  RSMP_CORE_VERSION: {
    en: "RSMP core {given} is not spoken here; {known} are. Change --core.",
    vi: "Không hỗ trợ RSMP core {given}; chỉ có {known}. Hãy đổi --core.",
  },
  RSMP_SXL_VERSION: {
    en: "Version {given} of the signal exchange list is not known here; {known} are. Change --sxl.",
    vi: "Không biết phiên bản SXL {given}; chỉ có {known}. Hãy đổi --sxl.",
  },
  RSMP_VERSIONS_APART: {
    en: "SXL {sxl} needs RSMP core {least} or newer, but the newest given is {core}. Change --core or --sxl.",
    vi: "SXL {sxl} cần RSMP core {least} trở lên nhưng mới nhất được đưa là {core}. Hãy đổi --core hoặc --sxl.",
  },
  RSMP_ADDRESS: {
    en: "{given} is no address of a supervisor. Write it as host:port, such as 10.0.0.5:12111.",
    vi: "{given} không phải địa chỉ trung tâm. Hãy viết dạng máy:cổng, ví dụ 10.0.0.5:12111.",
  },
  RSMP_SITE_CONFIG: {
    en: "The site's configuration cannot be used: {reason}. Look at docs/reference/rsmp.md for what may be in it.",
    vi: "Không dùng được cấu hình của site: {reason}. Hãy xem docs/reference/rsmp.md để biết nội dung hợp lệ.",
  },
  RSMP_WATCHDOG: {
    en: "{given} is no time between watchdogs. Give --watchdog seconds from 0.1 to 3600.",
    vi: "{given} không phải khoảng thời gian giữa các watchdog. Hãy đưa --watchdog từ 0,1 đến 3600 giây.",
  },
  RSMP_PORT: {
    en: "Port {port} cannot be listened on: {reason}. Stop the program that uses it, or give another (0 takes any free one).",
    vi: "Không mở được cổng {port}: {reason}. Hãy dừng chương trình đang dùng hoặc đưa cổng khác (0 là cổng trống bất kỳ).",
  },
  RSMP_BUFFER_FILE: {
    en: "The file of messages that wait for the supervisor, {file}, cannot be used: {reason}. Check the folder and its rights.",
    vi: "Không dùng được tệp tin nhắn chờ gửi {file}: {reason}. Hãy kiểm tra thư mục và quyền.",
  },
  RSMP_SITE_UNKNOWN: {
    en: "No site {site} is connected. Look at the list of sites; it dials in by itself.",
    vi: "Không có site {site} đang kết nối. Hãy xem danh sách site; site tự kết nối tới.",
  },
  RSMP_SITE_GONE: {
    en: "The connection to site {site} ended before it answered: {reason}. It dials in again by itself; ask then.",
    vi: "Kết nối tới site {site} kết thúc trước khi trả lời: {reason}. Site sẽ tự kết nối lại; hãy hỏi lại khi đó.",
  },
  RSMP_SITE_REFUSED: {
    en: "Site {site} refused {what}: {reason}. Nothing was changed.",
    vi: "Site {site} từ chối {what}: {reason}. Không có gì thay đổi.",
  },
  RSMP_SITE_SILENT: {
    en: "Site {site} acknowledged {what} but did not answer within {seconds} s. Ask again, and look at the site.",
    vi: "Site {site} đã nhận {what} nhưng không trả lời trong {seconds} giây. Hãy hỏi lại và kiểm tra site.",
  },
  RSMP_OUTSIDE_LIST: {
    en: "{what} was not sent to site {site}: {reason}. Correct it and send again.",
    vi: "Không gửi {what} tới site {site}: {reason}. Hãy sửa rồi gửi lại.",
  },
  RSMP_READ_BACK_DIFFERS: {
    en: "Site {site} took {code} {what} but tells something else when asked. The plan is not in force; look at the site before trying anew.",
    vi: "Site {site} đã nhận {code} {what} nhưng khi hỏi lại thì khác. Phương án chưa có hiệu lực; hãy kiểm tra site trước khi thử lại.",
  },
  RSMP_COMMAND_NOT_SEALED: {
    en: "A command for site {site} did not come from the safety gate, or is older than it may be. Nothing was sent; decide anew through the gate.",
    vi: "Lệnh cho site {site} không đến từ cổng an toàn hoặc đã quá hạn. Chưa gửi gì; hãy quyết định lại qua cổng.",
  },
} as const;
