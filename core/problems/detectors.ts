/** Problems of the eyes: pictures, detectors and the processes behind them. `{source}` is always masked. */
export const detectorProblems = {
  FFMPEG_MISSING: {
    en: "ffmpeg is not installed. On Debian or Ubuntu type: sudo apt-get install ffmpeg",
    vi: "Chưa cài ffmpeg. Trên Debian hoặc Ubuntu hãy gõ: sudo apt-get install ffmpeg",
  },
  VIDEO_MISSING: {
    en: "There is no video file {source}. Check the path.",
    vi: "Không có tệp video {source}. Hãy kiểm tra đường dẫn.",
  },
  VIDEO_UNREADABLE: {
    en: "{source} cannot be read as video: {reason}. Check that the file is complete and plays in a player.",
    vi: "Không đọc được {source} như một video: {reason}. Hãy kiểm tra tệp có đầy đủ và phát được không.",
  },
  VIDEO_WITHOUT_PICTURE: {
    en: "{source} holds no video stream, only other media. Choose a source with a picture.",
    vi: "{source} không có luồng hình, chỉ có nội dung khác. Hãy chọn nguồn có hình.",
  },
  STREAM_REFUSED: {
    en: "The camera at {source} refused the connection. Check its power, address and port.",
    vi: "Camera tại {source} từ chối kết nối. Hãy kiểm tra nguồn điện, địa chỉ và cổng.",
  },
  STREAM_UNAUTHORISED: {
    en: "The camera at {source} did not accept the user name or password. Correct them in the environment variable named by source_env.",
    vi: "Camera tại {source} không chấp nhận tên hoặc mật khẩu. Hãy sửa trong biến môi trường ghi ở source_env.",
  },
  STREAM_NOT_FOUND: {
    en: "The camera at {source} answers but has no such stream. Check the path after the host name.",
    vi: "Camera tại {source} có trả lời nhưng không có luồng này. Hãy kiểm tra phần đường dẫn sau tên máy.",
  },
  STREAM_SILENT: {
    en: "The camera at {source} does not answer. Check its power, its address and the network between.",
    vi: "Camera tại {source} không trả lời. Hãy kiểm tra nguồn điện, địa chỉ và mạng nối tới nó.",
  },
  STREAM_WITHOUT_PICTURE: {
    en: "The camera at {source} was opened but has sent no picture that can be shown for {seconds} s; it is being opened again. If this lasts, set its keyframe interval (GOP) to 1 or 2 s and look at its network.",
    vi: "Camera tại {source} đã mở được nhưng suốt {seconds} giây chưa gửi hình nào hiển thị được; đang mở lại. Nếu kéo dài, hãy đặt khoảng khung chính (GOP) 1 hoặc 2 giây và xem mạng của nó.",
  },
  STREAM_STALLED: {
    en: "No new picture from {source} for {seconds} s; it is being opened again. If this lasts, look at the camera and its network.",
    vi: "Không có hình mới từ {source} trong {seconds} giây; đang mở lại. Nếu kéo dài, hãy xem camera và mạng của nó.",
  },
  STREAM_LOST: {
    en: "The stream {source} ended: {reason}. It is being opened again; nothing to do unless it repeats.",
    vi: "Luồng {source} đã dừng: {reason}. Đang mở lại; không cần làm gì trừ khi lặp lại.",
  },
  STREAM_OPENING: {
    en: "The picture from {source} is being opened. It usually comes within seconds; there is nothing to do.",
    vi: "Đang mở hình từ {source}. Thường có hình sau vài giây; không cần làm gì.",
  },
  FEED_STOPPED: {
    en: "Camera {feed} is no longer watched, because the service is stopping. Start it again to watch it.",
    vi: "Camera {feed} không còn được theo dõi vì dịch vụ đang dừng. Hãy khởi động lại để theo dõi.",
  },
  FLOW_NOT_STORED: {
    en: "{waiting} flow intervals of camera {feed} could not be stored yet ({reason}); {dropped} older ones had to be dropped. They are offered again by themselves. Check the disk and the data folder.",
    vi: "{waiting} khoảng đếm của camera {feed} chưa lưu được ({reason}); {dropped} khoảng cũ hơn đã phải bỏ. Hệ thống sẽ tự thử lại. Hãy kiểm tra ổ đĩa và thư mục dữ liệu.",
  },
  LIVE_NEEDS_DURATION: {
    en: "{source} is a live stream and never ends. Say how long to count with --duration <seconds>.",
    vi: "{source} là luồng trực tiếp và không có điểm kết thúc. Hãy cho thời gian đếm bằng --duration <giây>.",
  },
  LINE_TOO_SHORT: {
    en: "Counting line {line} starts and ends at the same point. Give it two different points.",
    vi: "Vạch đếm {line} có điểm đầu trùng điểm cuối. Hãy cho hai điểm khác nhau.",
  },
  LINE_TWICE: {
    en: "Two counting lines are called {line}. Give each its own id.",
    vi: "Có hai vạch đếm cùng tên {line}. Hãy đặt tên riêng cho từng vạch.",
  },
  COUNT_STOPPED: {
    en: "Counting stopped before its end: {reason}. Run it again; if this repeats, run: greenwave doctor",
    vi: "Việc đếm dừng giữa chừng: {reason}. Hãy chạy lại; nếu lặp lại hãy chạy: greenwave doctor",
  },
  VISION_PROCESS_DIED: {
    en: "The vision process of {feed} stopped ({reason}). It is being started again; if this repeats, run: greenwave doctor",
    vi: "Tiến trình thị giác của {feed} đã dừng ({reason}). Đang khởi động lại; nếu lặp lại hãy chạy: greenwave doctor",
  },
} as const;
