/** Problems of what is remembered: the data folder, the database in it, and its migrations. */
export const storageProblems = {
  DATA_FOLDER_OCCUPIED: {
    en: "The data folder {folder} is in use by another greenwave, process {pid}. Stop that process, or start this one with another folder: --data <folder>",
    vi: "Thư mục dữ liệu {folder} đang được một greenwave khác dùng, tiến trình {pid}. Hãy dừng tiến trình đó hoặc chọn thư mục khác: --data <thư mục>",
  },
  DATA_FOLDER_UNUSABLE: {
    en: "The data folder {folder} cannot be written: {reason}. Give this user write permission, or choose another with --data <folder>",
    vi: "Không ghi được vào thư mục dữ liệu {folder}: {reason}. Hãy cấp quyền ghi cho người dùng này hoặc chọn thư mục khác: --data <thư mục>",
  },
  DISK_FULL: {
    en: "The disk under {folder} has {free_mb} MB left and {need_mb} MB are needed, so nothing more is stored. Free some space; storing goes on by itself.",
    vi: "Ổ đĩa chứa {folder} còn {free_mb} MB trong khi cần {need_mb} MB nên không lưu thêm được. Hãy giải phóng dung lượng; việc lưu sẽ tự tiếp tục.",
  },
  DATABASE_DAMAGED: {
    en: "The database in {folder} does not open: {reason}. Restore the folder from a backup, or move it away to start empty.",
    vi: "Không mở được cơ sở dữ liệu trong {folder}: {reason}. Hãy khôi phục thư mục từ bản sao lưu hoặc chuyển nó đi để bắt đầu lại từ đầu.",
  },
  DATABASE_STOPPED: {
    en: "The database in {folder} stopped: {reason}. What was stored is kept. Start greenwave again; if this repeats, look at the disk.",
    vi: "Cơ sở dữ liệu trong {folder} đã dừng: {reason}. Dữ liệu đã lưu vẫn còn. Hãy khởi động lại greenwave; nếu lặp lại hãy kiểm tra ổ đĩa.",
  },
  DATABASE_UNREACHABLE: {
    en: "The database server {server} cannot be used: {reason}. Check DATABASE_URL and the server; it is tried again by itself.",
    vi: "Không dùng được máy chủ cơ sở dữ liệu {server}: {reason}. Hãy kiểm tra DATABASE_URL và máy chủ; hệ thống sẽ tự thử lại.",
  },
  DATABASE_OCCUPIED: {
    en: "Another greenwave uses the database {server}. Stop that one, or give this one a database of its own with DATABASE_URL.",
    vi: "Một greenwave khác đang dùng cơ sở dữ liệu {server}. Hãy dừng nó hoặc cho bản này cơ sở dữ liệu riêng bằng DATABASE_URL.",
  },
  DATABASE_DISK_FULL: {
    en: "The disk of the database server {server} is full, so nothing more is stored. Free some space there; storing goes on by itself.",
    vi: "Ổ đĩa của máy chủ cơ sở dữ liệu {server} đã đầy nên không lưu thêm được. Hãy giải phóng dung lượng; việc lưu sẽ tự tiếp tục.",
  },
  REDIS_UNREACHABLE: {
    en: "The Redis server {server} cannot be used: {reason}. This machine works on alone; {lost} messages did not reach the others. Check REDIS_URL and the server; it is tried again by itself.",
    vi: "Không dùng được máy chủ Redis {server}: {reason}. Máy này vẫn tự hoạt động; {lost} thông báo không đến được các máy khác. Hãy kiểm tra REDIS_URL và máy chủ; hệ thống sẽ tự thử lại.",
  },
  SCHEMA_TOO_NEW: {
    en: "The database in {folder} was written by a newer greenwave (schema {found}, this one knows {known}). Install that version again, or use another with --data <folder>",
    vi: "Cơ sở dữ liệu trong {folder} do bản greenwave mới hơn ghi (lược đồ {found}, bản này biết đến {known}). Hãy cài lại bản đó hoặc dùng thư mục khác: --data <thư mục>",
  },
  MIGRATION_ALTERED: {
    en: "Migration {number} ({name}) was applied to {folder} with another text than this greenwave has. Install a released version, or use another with --data <folder>",
    vi: "Bước nâng cấp {number} ({name}) đã áp dụng vào {folder} có nội dung khác với bản greenwave này. Hãy cài một bản phát hành hoặc dùng thư mục khác: --data <thư mục>",
  },
  MIGRATION_FAILED: {
    en: "Migration {number} ({name}) of {folder} failed and changed nothing: {reason}. Keep the folder as it is and report this.",
    vi: "Bước nâng cấp {number} ({name}) của {folder} thất bại và không thay đổi gì: {reason}. Hãy giữ nguyên thư mục và báo lỗi này.",
  },
  STORAGE_BUSY: {
    en: "Storage is behind: {waiting} rows wait to be written and no more are taken. The sender keeps its rows and sends them again.",
    vi: "Việc lưu trữ đang chậm: {waiting} dòng chờ ghi nên không nhận thêm. Bên gửi giữ lại và gửi lại sau.",
  },
  STORAGE_CLOSED: {
    en: "Storage is closed; the service is stopping.",
    vi: "Bộ lưu trữ đã đóng; dịch vụ đang dừng.",
  },
  UPKEEP_FAILED: {
    en: "The upkeep of the database in {folder} failed: {reason}. It is tried again in {again_min} minutes; if this repeats, look at the disk.",
    vi: "Bảo trì cơ sở dữ liệu trong {folder} thất bại: {reason}. Sẽ thử lại sau {again_min} phút; nếu lặp lại hãy kiểm tra ổ đĩa.",
  },
} as const;
