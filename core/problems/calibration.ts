/** What can be wrong with points that are to tie a picture to the ground. `positioned` prints the place before each. */
export const calibrationProblems = {
  CALIBRATION_POINT_TWICE: {
    en: "is the same place as point {other}; each point needs a place of its own in the picture and on the ground",
    vi: "trùng chỗ với điểm {other}; mỗi điểm cần một vị trí riêng trên hình và trên mặt đất",
  },
  CALIBRATION_COLLINEAR: {
    en: "hold no four points of which no three lie on one line; spread them over the road, as the corners of a wide four-sided figure",
    vi: "không có bốn điểm nào mà không có ba điểm thẳng hàng; hãy rải các điểm trên mặt đường như bốn góc của một hình tứ giác rộng",
  },
  CALIBRATION_HORIZON: {
    en: "cannot all lie on one flat road in front of a camera: two points are most likely exchanged, or one lies above the horizon",
    vi: "không thể cùng nằm trên một mặt đường phẳng trước camera: có lẽ hai điểm bị đổi chỗ, hoặc một điểm nằm trên đường chân trời",
  },
  CALIBRATION_MIRRORED: {
    en: "show the ground mirrored: seen from above, x must run to the right and y away from it to the left, as east and north do; change the sign of all y, or exchange x and y",
    vi: "cho mặt đất bị lật gương: nhìn từ trên xuống, trục y phải ở bên trái trục x, như hướng bắc so với hướng đông; hãy đổi dấu mọi y, hoặc đổi chỗ x và y",
  },
  CALIBRATION_INEXACT: {
    en: "lies {off_px} px from where the other points put it, which is no reading error; read its place in the picture and on the ground again, then those of its neighbours",
    vi: "lệch {off_px} px so với vị trí suy ra từ các điểm khác, quá lớn để là sai số đọc; hãy đọc lại vị trí của nó trên hình và trên mặt đất, rồi đến các điểm lân cận",
  },
  LINE_ABOVE_HORIZON: {
    en: "reaches above the horizon of the camera's calibration, where there is no ground; lower it, or correct the calibration",
    vi: "vượt trên đường chân trời của phép hiệu chuẩn, nơi không có mặt đất; hãy hạ vạch xuống hoặc sửa phép hiệu chuẩn",
  },
  NO_CALIBRATION: {
    en: "{camera} has no calibration. Add one; docs/reference/calibration.md says how.",
    vi: "{camera} chưa có phép hiệu chuẩn. Hãy thêm vào; xem docs/reference/calibration.md.",
  },
} as const;
