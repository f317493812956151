/** Problems of what is kept: daily roots, retention, holds, room, and the place of sealed packages. */
export const keepingProblems = {
  ROOTS_MISSING: {
    en: "{folder} holds no daily root (<day>.json). Give the folder that the traffic centre publishes with --roots.",
    vi: "{folder} không có gốc ngày (<ngày>.json). Hãy dùng --roots với thư mục do trung tâm giao thông công bố.",
  },
  ROOT_UNREADABLE: {
    en: "{file} is not a daily root: {reason}. Get the published file again.",
    vi: "{file} không phải gốc ngày hợp lệ: {reason}. Hãy lấy lại tệp đã công bố.",
  },
  ROOTS_BROKEN: {
    en: "the root of {day} does not follow from the one of {before}: one of the two was changed, or a day between them was left out.",
    vi: "gốc của ngày {day} không tiếp nối gốc của ngày {before}: một trong hai đã bị sửa hoặc thiếu ngày ở giữa.",
  },
  PACKAGE_NOT_ANCHORED: {
    en: "no daily root up to {day} knows this package of case {case}: it was sealed later, or never entered the traffic centre's books.",
    vi: "không gốc ngày nào đến {day} biết gói này của hồ sơ {case}: gói được niêm phong sau đó hoặc chưa từng vào sổ của trung tâm.",
  },
  PACKAGE_LOG_REWRITTEN: {
    en: "entry {entry} of the log of case {case} is not the one that the root of {day} knows: the log was written anew.",
    vi: "mục {entry} trong nhật ký hồ sơ {case} không phải mục mà gốc ngày {day} biết: nhật ký đã bị viết lại.",
  },
  PACKAGE_REPLAYED: {
    en: "the package is edition {found} of case {case}, and the root of {day} knows edition {newest}: an older package was put back, log and all.",
    vi: "gói là bản {found} của hồ sơ {case}, trong khi gốc ngày {day} biết bản {newest}: một gói cũ đã bị đặt lại cùng với nhật ký.",
  },
  PACKAGE_FORKED: {
    en: "the root of {day} knows another package as edition {edition} of case {case}: this one was sealed beside it.",
    vi: "gốc ngày {day} biết một gói khác là bản {edition} của hồ sơ {case}: gói này được niêm phong bên ngoài.",
  },
  PACKAGE_BACKDATED: {
    en: "the package of case {case} says that it was sealed on {sealed}, and first appears in the root of {day}: its clock was set back.",
    vi: "gói của hồ sơ {case} ghi niêm phong ngày {sealed} nhưng lần đầu xuất hiện trong gốc ngày {day}: đồng hồ đã bị chỉnh lùi.",
  },
  PROOF_UNREADABLE: {
    en: "{file} is not a proof of inclusion: {reason}. Ask for the export again.",
    vi: "{file} không phải bằng chứng thuộc gốc ngày: {reason}. Hãy yêu cầu xuất lại.",
  },
  PROOF_WRONG: {
    en: "{file} does not lead from this package to the root of {day}: it is of another package, or one of the two was changed.",
    vi: "{file} không dẫn từ gói này đến gốc ngày {day}: nó thuộc gói khác hoặc một trong hai đã bị sửa.",
  },
  DAY_NOT_CLOSED: {
    en: "The day could not be closed under a signed root: {reason}. It is tried again every 10 minutes; look at the disk and the folder of the roots.",
    vi: "Không chốt được ngày bằng gốc có chữ ký: {reason}. Sẽ thử lại mỗi 10 phút; hãy kiểm tra ổ đĩa và thư mục gốc ngày.",
  },
  EVIDENCE_S3_BAD: {
    en: "EVIDENCE_S3 cannot be used: {reason}. Write https://host/bucket/folder, with the credentials in EVIDENCE_S3_KEY and EVIDENCE_S3_SECRET.",
    vi: "Không dùng được EVIDENCE_S3: {reason}. Hãy ghi https://máy-chủ/bucket/thư-mục, thông tin đăng nhập đặt ở EVIDENCE_S3_KEY và EVIDENCE_S3_SECRET.",
  },
  EVIDENCE_STORE_FAILED: {
    en: "The evidence store {place} cannot be used: {reason}. Packages stay on this disk and are tried again by themselves; check the store.",
    vi: "Không dùng được kho chứng cứ {place}: {reason}. Các gói vẫn ở trên ổ đĩa này và sẽ tự được thử lại; hãy kiểm tra kho.",
  },
  EVIDENCE_COPY_WRONG: {
    en: "The evidence store {place} gave back other bytes for {name} than it was given. Nothing is deleted here; check the store before you trust it.",
    vi: "Kho chứng cứ {place} trả về {name} khác với dữ liệu đã gửi. Không xóa gì ở đây; hãy kiểm tra kho trước khi tin dùng.",
  },
  PACKAGE_NOT_HERE: {
    en: "The package of case {case} is neither on this machine nor in the evidence store. Look for it in a backup.",
    vi: "Gói của hồ sơ {case} không có trên máy này cũng như trong kho chứng cứ. Hãy tìm trong bản sao lưu.",
  },
  CASE_HELD: {
    en: "case {case} is under legal hold since {since} by {by}. Release the hold first.",
    vi: "hồ sơ {case} đang bị giữ theo yêu cầu pháp lý từ {since} bởi {by}. Hãy bỏ giữ trước.",
  },
  CASE_NOT_HELD: {
    en: "case {case} is not under legal hold.",
    vi: "hồ sơ {case} không bị giữ theo yêu cầu pháp lý.",
  },
  DELETION_UNKNOWN: {
    en: "there is no proposed deletion {deletion}. Read the list again: a hold may have stopped it.",
    vi: "không có đề xuất xóa {deletion}. Hãy đọc lại danh sách: có thể việc giữ hồ sơ đã dừng nó.",
  },
  DELETION_UNDERWAY: {
    en: "the evidence of case {case} was already given up for deletion by {by}.",
    vi: "chứng cứ của hồ sơ {case} đã được {by} xác nhận xóa.",
  },
  DISK_FULL_SOON: {
    en: "The disk under {folder} will be full in {days} days: {free_gb} GB are left, and {growth_gb} GB come each day, most of it {kind}. Add room, or shorten what is kept (docs/reference/keeping.md).",
    vi: "Ổ đĩa chứa {folder} sẽ đầy sau {days} ngày: còn {free_gb} GB, mỗi ngày thêm {growth_gb} GB, phần lớn là {kind}. Hãy thêm dung lượng hoặc rút ngắn thời gian lưu (docs/reference/keeping.md).",
  },
  KEEPING_FAILED: {
    en: "The daily look at what is kept failed: {reason}. It is tried again within the hour; look at the disk and the database.",
    vi: "Lần kiểm tra lưu trữ hằng ngày thất bại: {reason}. Sẽ thử lại trong vòng một giờ; hãy kiểm tra ổ đĩa và cơ sở dữ liệu.",
  },
  KEPT_TOO_LONG: {
    en: "{key} keeps {keep_h} h, and {class} may be kept for {most_h} h. Shorten it in the site file.",
    vi: "{key} lưu {keep_h} giờ trong khi {class} chỉ được lưu {most_h} giờ. Hãy rút ngắn trong tệp cấu hình.",
  },
  CHAIN_BROKEN: {
    en: "The {chain} does not follow at entry {entry} ({fault}): it was altered outside the service. Keep the data folder as it is, and compare it with a backup.",
    vi: "{chain} bị đứt ở mục {entry} ({fault}): đã bị sửa từ bên ngoài dịch vụ. Hãy giữ nguyên thư mục dữ liệu và so sánh với bản sao lưu.",
  },
  ROOT_DISAGREES: {
    en: "What is stored for {day} is not what its signed root stands for: entries of that day were altered later. Keep the data folder as it is, and compare it with a backup.",
    vi: "Dữ liệu lưu cho ngày {day} không khớp với gốc có chữ ký: các mục của ngày đó đã bị sửa về sau. Hãy giữ nguyên thư mục dữ liệu và so sánh với bản sao lưu.",
  },
} as const;
