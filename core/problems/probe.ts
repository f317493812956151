/** What `greenwave probe` finds in a camera's stream, and what to change in the camera. */
export const probeProblems = {
  PROBE_FINE: {
    en: "Nothing in this picture stands in the way. The camera may be mounted.",
    vi: "Không có gì trong hình gây trở ngại. Có thể lắp camera.",
  },
  PROBE_H265: {
    en: "The camera sends H.265. It can be counted on, but most browsers cannot show it. Choose H.264 in the camera's video settings.",
    vi: "Camera gửi H.265. Vẫn đếm được nhưng đa số trình duyệt không hiển thị được. Hãy chọn H.264 trong cài đặt hình của camera.",
  },
  PROBE_CODEC_UNUSUAL: {
    en: "The camera sends {codec}, which costs more network or processor than H.264. Choose H.264 in the camera's video settings.",
    vi: "Camera gửi {codec}, tốn mạng hoặc bộ xử lý hơn H.264. Hãy chọn H.264 trong cài đặt hình của camera.",
  },
  PROBE_B_FRAMES: {
    en: "{percent} % of the pictures are B-frames: they come out of order and delay every picture. Choose the Baseline or Main profile without B-frames in the camera.",
    vi: "{percent} % số hình là khung B: chúng đến sai thứ tự và làm chậm mọi hình. Hãy chọn profile Baseline hoặc Main không có khung B trong camera.",
  },
  PROBE_KEYFRAMES_FAR: {
    en: "{gap_s} s passed without a keyframe; after each break the picture comes back only with the next one. Set the keyframe interval (I-frame interval, GOP) to 1 or 2 s, and switch off smart codecs.",
    vi: "Có {gap_s} giây không có khung hình chính; sau mỗi lần mất kết nối, hình chỉ trở lại ở khung chính kế tiếp. Hãy đặt khoảng khung chính (I-frame, GOP) 1 hoặc 2 giây và tắt smart codec.",
  },
  PROBE_RATE_LOW: {
    en: "{rate_fps} pictures a second are too few to follow vehicles from one to the next. Set the camera to 10 or more.",
    vi: "{rate_fps} hình mỗi giây là quá ít để theo dõi xe từ hình này sang hình kia. Hãy đặt camera từ 10 trở lên.",
  },
  PROBE_RATE_UNSTABLE: {
    en: "Pictures do not come evenly: usually {median_ms} ms apart, but one in twenty {p95_ms} ms or more. Set a constant frame rate, and switch off slow shutter for the night.",
    vi: "Hình không đều: thường cách nhau {median_ms} ms nhưng cứ hai mươi hình có một hình cách {p95_ms} ms trở lên. Hãy đặt tốc độ khung hình cố định và tắt màn trập chậm ban đêm.",
  },
  PROBE_ARRIVAL_UNEVEN: {
    en: "Pictures arrive up to {jitter_ms} ms early or late, one in twenty more. Look at the network between, wireless links first.",
    vi: "Hình đến sớm hoặc muộn tới {jitter_ms} ms, cứ hai mươi hình có một hình hơn thế. Hãy kiểm tra mạng nối, trước hết là đường không dây.",
  },
  PROBE_SMALL: {
    en: "The picture is only {width_px} x {height_px} pixels. Vehicles far away will be missed; choose a stream at least 640 pixels wide.",
    vi: "Hình chỉ có {width_px} x {height_px} điểm ảnh. Sẽ bỏ sót xe ở xa; hãy chọn luồng rộng ít nhất 640 điểm ảnh.",
  },
  PROBE_DAMAGED: {
    en: "{lines} times in {sampled_s} s the picture was damaged or incomplete. Look at the cable, the wireless link, and whether too many watch this camera.",
    vi: "Trong {sampled_s} giây có {lines} lần hình bị hỏng hoặc thiếu. Hãy kiểm tra cáp, đường không dây và số người xem camera này.",
  },
  PROBE_UNDECODABLE: {
    en: "Pictures arrive but cannot be decoded. Choose H.264, 8 bit, in the camera's video settings.",
    vi: "Hình có đến nhưng không giải mã được. Hãy chọn H.264, 8 bit, trong cài đặt hình của camera.",
  },
  PROBE_BROKE_OFF: {
    en: "The stream ended after {sampled_s} s of {duration_s} s. Probe again; if it repeats, look at the camera's power and network.",
    vi: "Luồng dừng sau {sampled_s} trên {duration_s} giây. Hãy thử lại; nếu lặp lại, hãy kiểm tra nguồn điện và mạng của camera.",
  },
  PROBE_CLOCK_DRIFT: {
    en: "The times in the stream ran {drift_ms} ms away from this machine's clock within {observed_s} s. Let the camera take its time from an NTP server.",
    vi: "Thời gian trong luồng lệch {drift_ms} ms so với đồng hồ máy này trong {observed_s} giây. Hãy cho camera lấy giờ từ máy chủ NTP.",
  },
  PROBE_DECODING_DEAR: {
    en: "Decoding takes {percent} % of one processor core. A smaller picture or fewer pictures a second make room for more cameras.",
    vi: "Giải mã chiếm {percent} % một nhân xử lý. Hình nhỏ hơn hoặc ít hình mỗi giây hơn sẽ dành chỗ cho nhiều camera hơn.",
  },
  PROBE_SOUND: {
    en: "The camera sends sound too. It is not used; switch it off in the camera, for the sake of those who speak in the street.",
    vi: "Camera gửi cả âm thanh. Hệ thống không dùng; hãy tắt trong camera để giữ riêng tư cho người đi đường.",
  },
  PROBE_STOPPED: {
    en: "The probe of {source} was interrupted. Run it again when there is time.",
    vi: "Việc thử {source} đã bị ngắt. Hãy chạy lại khi có thời gian.",
  },
} as const;
