/** A camera that sends pictures and does not see its street, or is not looked at as often as it should be. */
export const watchProblems = {
  PICTURE_FROZEN: {
    en: "Camera {feed} has sent the same picture for half a minute; nothing is counted. Restart the camera.",
    vi: "Camera {feed} gửi cùng một hình suốt nửa phút; không đếm được gì. Hãy khởi động lại camera.",
  },
  PICTURE_DARK: {
    en: "The picture of camera {feed} is dark; nothing is counted. Look at its lens, its exposure and the street lights.",
    vi: "Hình của camera {feed} bị tối; không đếm được gì. Hãy kiểm tra ống kính, độ phơi sáng và đèn đường.",
  },
  PICTURE_MOVED: {
    en: "Camera {feed} was moved: its counting lines are no longer on the street where they were drawn, and nothing is counted. Turn it back, or draw its lines anew and restart the service. If they are right as they are, type: greenwave cameras --accept {feed}",
    vi: "Camera {feed} đã bị xê dịch: vạch đếm không còn đúng chỗ trên đường và không đếm được gì. Hãy xoay camera lại như cũ, hoặc vẽ lại vạch và khởi động lại dịch vụ. Nếu vạch vẫn đúng, hãy gõ: greenwave cameras --accept {feed}",
  },
  PICTURE_DIRTY: {
    en: "Something is on the lens of camera {feed} or hangs before it, or its picture is blurred; nothing is counted. Clean it. If the street has changed and the picture is right as it is, type: greenwave cameras --accept {feed}",
    vi: "Ống kính của camera {feed} bị bẩn, bị che hoặc hình bị nhòe; không đếm được gì. Hãy lau camera. Nếu đường đã thay đổi và hình vẫn đúng, hãy gõ: greenwave cameras --accept {feed}",
  },
  CLOCK_DRIFTS: {
    en: "The clock in the stream of camera {feed} runs away from this machine's by {ppm} parts per million: speeds and times measured on it are off by as much. Let the camera take its time from an NTP server, or restart it.",
    vi: "Đồng hồ trong luồng của camera {feed} lệch dần so với máy này {ppm} phần triệu: tốc độ và thời gian đo được cũng sai chừng ấy. Hãy cho camera lấy giờ từ máy chủ NTP, hoặc khởi động lại camera.",
  },
  VIEW_NOT_KEPT: {
    en: "What camera {feed} usually shows could not be stored ({reason}); after a restart the service must learn it again before it notices that the camera was moved. Check the disk and the data folder.",
    vi: "Không lưu được khung cảnh thường thấy của camera {feed} ({reason}); sau khi khởi động lại, dịch vụ phải học lại trước khi phát hiện camera bị xê dịch. Hãy kiểm tra ổ đĩa và thư mục dữ liệu.",
  },
  ANALYSIS_SLOWED: {
    en: "Camera {feed} is analysed {rate} instead of {wanted} times a second: this machine is overloaded. It still counts; for headroom give the machine fewer cameras, a lower frames_per_s or more processor cores.",
    vi: "Camera {feed} chỉ được phân tích {rate} thay vì {wanted} hình mỗi giây: máy này quá tải. Camera vẫn đếm; để có dự phòng, hãy giảm số camera, giảm frames_per_s hoặc thêm nhân xử lý.",
  },
  PICTURES_LATE: {
    en: "Pictures of camera {feed} come {seconds} s late: this machine cannot even decode so many cameras, or the network is too slow. Give it fewer cameras, or set them to a smaller picture or a lower frame rate.",
    vi: "Hình của camera {feed} đến trễ {seconds} giây: máy này không giải mã nổi từng ấy camera, hoặc mạng quá chậm. Hãy giảm số camera, hoặc đặt camera gửi hình nhỏ hơn hay ít hình mỗi giây hơn.",
  },
  MACHINE_NOT_MEASURED: {
    en: "How many cameras this machine carries could not be measured: {reason}. Check ffmpeg, and run the command again.",
    vi: "Không đo được máy này chạy nổi bao nhiêu camera: {reason}. Hãy kiểm tra ffmpeg rồi chạy lại lệnh.",
  },
} as const;
