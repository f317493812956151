/** A camera that sends pictures and does not see its street. */
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
    en: "Camera {feed} was moved: its counting lines are no longer on the street where they were drawn, and nothing is counted. Turn it back, or draw its lines anew and restart the service.",
    vi: "Camera {feed} đã bị xê dịch: vạch đếm không còn đúng chỗ trên đường và không đếm được gì. Hãy xoay camera lại như cũ, hoặc vẽ lại vạch và khởi động lại dịch vụ.",
  },
} as const;
