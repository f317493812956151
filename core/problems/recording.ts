/** Problems of what is kept of a camera's stream, and of cutting clips out of it. */
export const recordingProblems = {
  RECORDING_DISK_FULL: {
    en: "Nothing of camera {camera} is recorded: the disk under {folder} is full. It is still counted on. Free some space; recording goes on by itself.",
    vi: "Không ghi hình được camera {camera}: ổ đĩa chứa {folder} đã đầy. Việc đếm vẫn tiếp tục. Hãy giải phóng dung lượng; việc ghi hình sẽ tự tiếp tục.",
  },
  RECORDING_FAILS: {
    en: "Nothing of camera {camera} is recorded: {folder} cannot be written ({reason}). It is still counted on. Check that disk and its rights; recording goes on by itself.",
    vi: "Không ghi hình được camera {camera}: không ghi được vào {folder} ({reason}). Việc đếm vẫn tiếp tục. Hãy kiểm tra ổ đĩa và quyền ghi; việc ghi hình sẽ tự tiếp tục.",
  },
  RECORDING_DISK_HANGS: {
    en: "Nothing of camera {camera} is recorded: the disk under {folder} does not answer. It is still counted on. Look at that disk; recording goes on when it answers.",
    vi: "Không ghi hình được camera {camera}: ổ đĩa chứa {folder} không phản hồi. Việc đếm vẫn tiếp tục. Hãy kiểm tra ổ đĩa; việc ghi hình sẽ tiếp tục khi ổ đĩa phản hồi.",
  },
  RECORDINGS_STAY: {
    en: "Recordings of cameras that are recorded no more cannot be removed from {folder} ({reason}), though their time is over. Check the rights of that folder.",
    vi: "Không xóa được bản ghi của các camera không còn ghi hình trong {folder} ({reason}) dù đã hết hạn. Hãy kiểm tra quyền của thư mục đó.",
  },
  RECORDING_MISSING: {
    en: "Nothing is recorded of camera {camera} under {folder}. Recorded are: {known}.",
    vi: "Không có bản ghi của camera {camera} trong {folder}. Đang có: {known}.",
  },
  RECORDING_NOT_COVERED: {
    en: "Nothing of camera {camera} is recorded between {from} and {to}. See what there is: greenwave recordings --camera {camera}",
    vi: "Không có bản ghi nào của camera {camera} từ {from} đến {to}. Xem những gì đang có: greenwave recordings --camera {camera}",
  },
  RECORDING_SPOILED: {
    en: "{file} is not what was recorded: {bytes} bytes from {at} on differ from their seal. Cut around that time, and look at the disk.",
    vi: "{file} không đúng như lúc ghi: {bytes} byte từ vị trí {at} khác với dấu niêm phong. Hãy cắt tránh đoạn đó và kiểm tra ổ đĩa.",
  },
  CLIP_CODEC: {
    en: "Camera {camera} sends {codec}, which is recorded but cannot be cut into a clip. Choose H.264 in the camera's video settings.",
    vi: "Camera {camera} gửi {codec}, ghi được nhưng không cắt thành đoạn phim được. Hãy chọn H.264 trong cài đặt hình của camera.",
  },
  CLIP_NOT_WRITTEN: {
    en: "The clip {file} cannot be written: {reason}. Choose another place with --out.",
    vi: "Không ghi được đoạn phim {file}: {reason}. Hãy chọn nơi khác bằng --out.",
  },
  CLIP_SPAN: {
    en: "A clip cannot reach from {from} to {to}: give a time that is later, at most {most_s} s.",
    vi: "Không thể cắt đoạn phim từ {from} đến {to}: hãy cho thời điểm sau, dài tối đa {most_s} giây.",
  },
  HOLD_UNKNOWN: {
    en: "Camera {camera} has no hold {hold}. See which there are: greenwave recordings --camera {camera}",
    vi: "Camera {camera} không có lệnh giữ {hold}. Xem những lệnh đang có: greenwave recordings --camera {camera}",
  },
} as const;
