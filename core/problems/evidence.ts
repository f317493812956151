/** What can be wrong with a sealed evidence package. */
export const evidenceProblems = {
  PACKAGE_NOT_FOUND: {
    en: "{package} is not a folder with a manifest.json. Check the path.",
    vi: "{package} không phải thư mục có manifest.json. Hãy kiểm tra đường dẫn.",
  },
  MANIFEST_UNREADABLE: {
    en: "{file} is not a manifest: {reason}. The package proves nothing; ask for it again.",
    vi: "{file} không phải bản kê hợp lệ: {reason}. Gói này không chứng minh được gì; hãy yêu cầu lại.",
  },
  MANIFEST_ALTERED: {
    en: "{file} was changed after it was sealed: its SHA-256 is {found}, the signature is for {sealed}.",
    vi: "{file} đã bị sửa sau khi niêm phong: SHA-256 là {found}, chữ ký dành cho {sealed}.",
  },
  SIGNATURE_UNREADABLE: {
    en: "{file} is missing or is not a signature: {reason}. The package proves nothing without it.",
    vi: "{file} bị thiếu hoặc không phải chữ ký: {reason}. Không có nó gói không chứng minh được gì.",
  },
  SIGNATURE_WRONG: {
    en: "the signature by key {key} does not fit what it signs in {file}: one of the two was changed.",
    vi: "chữ ký của khóa {key} không khớp với nội dung được ký trong {file}: một trong hai đã bị sửa.",
  },
  SIGNED_BY_STRANGERS: {
    en: "{file} is signed by {keys}, and none of these keys was given. Get the public key from the traffic centre, not from whoever gave you the package.",
    vi: "{file} được ký bởi {keys} và không khóa nào trong số đó được cung cấp. Hãy lấy khóa công khai từ trung tâm giao thông, không phải từ người đưa gói.",
  },
  FILE_GONE: {
    en: "{name} is in the manifest and not in the package: it was removed.",
    vi: "{name} có trong bản kê nhưng không có trong gói: tệp đã bị xóa.",
  },
  FILE_ADDED: {
    en: "{name} is in the package and not in the manifest: it was added later and proves nothing.",
    vi: "{name} có trong gói nhưng không có trong bản kê: tệp được thêm sau và không chứng minh được gì.",
  },
  FILE_ALTERED: {
    en: "{name} was changed after it was sealed ({found_bytes} bytes, sealed with {sealed_bytes}).",
    vi: "{name} đã bị sửa sau khi niêm phong ({found_bytes} byte, khi niêm phong là {sealed_bytes}).",
  },
  FILES_SWAPPED: {
    en: "{name} holds what was sealed as {other}: files were swapped.",
    vi: "{name} chứa nội dung đã niêm phong là {other}: các tệp đã bị tráo.",
  },
  FRAMES_DROPPED: {
    en: "{name}: {count} of {sealed} pictures are missing, the first is number {first}.",
    vi: "{name}: thiếu {count} trong {sealed} hình, hình đầu tiên bị thiếu là số {first}.",
  },
  FRAMES_INSERTED: {
    en: "{name}: {count} pictures were inserted, the first stands as number {first}.",
    vi: "{name}: {count} hình đã bị chèn vào, hình đầu tiên đứng ở số {first}.",
  },
  FRAMES_ALTERED: {
    en: "{name}: {count} pictures were changed, the first is number {first}.",
    vi: "{name}: {count} hình đã bị sửa, hình đầu tiên là số {first}.",
  },
  FRAMES_REORDERED: {
    en: "{name}: pictures stand in another order than they were recorded, from number {first} on.",
    vi: "{name}: các hình không đứng theo thứ tự đã ghi, từ số {first} trở đi.",
  },
  FRAMES_RETIMED: {
    en: "{name}: {count} pictures carry other times than they were recorded with, the first is number {first}.",
    vi: "{name}: {count} hình mang thời gian khác lúc ghi, hình đầu tiên là số {first}.",
  },
  FRAMES_UNREADABLE: {
    en: "{name} was changed, and its pictures cannot be read any more: {reason}.",
    vi: "{name} đã bị sửa và không đọc được các hình nữa: {reason}.",
  },
  FRAMES_NOT_COMPARED: {
    en: "{name} was changed. Which pictures is not known: install ffmpeg, and verify again.",
    vi: "{name} đã bị sửa. Chưa biết những hình nào: hãy cài ffmpeg rồi xác minh lại.",
  },
  CUSTODY_UNREADABLE: {
    en: "{file} is missing or is not a custody log: {reason}.",
    vi: "{file} bị thiếu hoặc không phải nhật ký lưu giữ: {reason}.",
  },
  CUSTODY_ROW_DELETED: {
    en: "{file}: entry {entry} does not follow from the one before: an entry was deleted, moved or put in.",
    vi: "{file}: mục {entry} không tiếp nối mục trước: một mục đã bị xóa, chuyển chỗ hoặc chèn vào.",
  },
  CUSTODY_ROW_ALTERED: {
    en: "{file}: entry {entry} was changed after it was written.",
    vi: "{file}: mục {entry} đã bị sửa sau khi ghi.",
  },
  CUSTODY_CUT: {
    en: "{file} ends at entry {found}, and {sealed} entries were sealed: the newest were cut off.",
    vi: "{file} kết thúc ở mục {found} trong khi {sealed} mục đã được niêm phong: các mục mới nhất đã bị cắt.",
  },
  MANIFEST_REPLAYED: {
    en: "{file} is edition {found} of case {case}, and edition {newest} was sealed later: an older manifest was put back.",
    vi: "{file} là bản {found} của hồ sơ {case}, trong khi bản {newest} được niêm phong sau: bản kê cũ đã bị đặt lại.",
  },
  MANIFEST_OF_OTHER_CASE: {
    en: "{file} is not a manifest that the custody log knows: it belongs to another case or to nothing.",
    vi: "{file} không phải bản kê mà nhật ký lưu giữ biết: nó thuộc hồ sơ khác hoặc không thuộc hồ sơ nào.",
  },
  CLOCK_SET_BACK: {
    en: "the clock was set back: {later} is at {later_at}, and {earlier}, which came before it, at {earlier_at}.",
    vi: "đồng hồ đã bị chỉnh lùi: {later} lúc {later_at}, còn {earlier} xảy ra trước đó lại lúc {earlier_at}.",
  },
  KEY_UNREADABLE: {
    en: "{file} is not an Ed25519 public key in PEM form. Give the file that the traffic centre publishes.",
    vi: "{file} không phải khóa công khai Ed25519 dạng PEM. Hãy dùng tệp do trung tâm giao thông công bố.",
  },
  NO_KEYS: {
    en: "{folder} holds no public key (*.pem). Give the file that the traffic centre publishes with --keys.",
    vi: "{folder} không có khóa công khai (*.pem). Hãy dùng --keys với tệp do trung tâm giao thông công bố.",
  },
} as const;
