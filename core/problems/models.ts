/** Problems of detection models: the committed files, the tool that makes them, and files that a site brings. */
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
  MODEL_FILE_MISSING: {
    en: "There is no model file {file}. Check the path.",
    vi: "Không có tệp mô hình {file}. Hãy kiểm tra đường dẫn.",
  },
  MODEL_FILE_UNLOADABLE: {
    en: "The model {file} cannot be loaded: {reason}. Check that it is a complete ONNX file; if it is, export it with a lower opset.",
    vi: "Không tải được mô hình {file}: {reason}. Hãy kiểm tra đây là tệp ONNX đầy đủ; nếu đúng, hãy xuất lại với opset thấp hơn.",
  },
  MODEL_HEAD_UNKNOWN: {
    en: "The model {file} takes {inputs} and gives {outputs}; no head that is known looks so. Known: {known}. Export the model in one of these forms.",
    vi: "Mô hình {file} nhận {inputs} và cho {outputs}; không khớp với dạng đầu ra nào đã biết. Các dạng đã biết: {known}. Hãy xuất lại mô hình theo một trong các dạng này.",
  },
  MODEL_HEAD_UNCLEAR: {
    en: "The model {file} takes {inputs} and gives {outputs}, which may be any of: {choices}. Write which one as head: under model:.",
    vi: "Mô hình {file} nhận {inputs} và cho {outputs}, có thể là một trong: {choices}. Hãy ghi rõ ở head: trong mục model:.",
  },
  MODEL_HEAD_UNFIT: {
    en: "The model {file} takes {inputs} and gives {outputs}, so it has no head {head}. That would be: {form}. Correct head: under model:, or write head: auto.",
    vi: "Mô hình {file} nhận {inputs} và cho {outputs}, nên không có đầu ra {head}. Dạng đó phải là: {form}. Hãy sửa head: trong mục model: hoặc ghi head: auto.",
  },
  MODEL_CLASSES_UNSAID: {
    en: "The model {file} ({head}) scores {classes} classes, not the 80 of COCO. Write under model: where ours stand among them, such as classes: { motorcycle: [0], car: [1, 2] }.",
    vi: "Mô hình {file} ({head}) chấm điểm {classes} lớp, không phải 80 lớp của COCO. Hãy ghi vị trí các lớp trong mục model:, ví dụ classes: { motorcycle: [0], car: [1, 2] }.",
  },
  MODEL_CLASSES_UNFIT: {
    en: "The model {file} ({head}) scores {classes} classes, numbered 0 to {last}, but classes: names number {highest}. Correct the numbers.",
    vi: "Mô hình {file} ({head}) chấm điểm {classes} lớp, đánh số từ 0 đến {last}, nhưng classes: ghi số {highest}. Hãy sửa lại số.",
  },
  MODEL_INPUT_FIXED: {
    en: "The model {file} takes pictures of {width}x{height} pixels only, not input_px: {said}. Leave input_px out.",
    vi: "Mô hình {file} chỉ nhận hình {width}x{height} điểm ảnh, không nhận input_px: {said}. Hãy bỏ input_px.",
  },
  MODEL_INPUT_HALF_FIXED: {
    en: "The model {file} fixes one side of its picture and leaves the other free. Export it with both fixed or both free.",
    vi: "Mô hình {file} cố định một cạnh hình và để tự do cạnh kia. Hãy xuất lại với cả hai cạnh cố định hoặc cả hai tự do.",
  },
  MODEL_INPUT_LARGE: {
    en: "The model {file} takes pictures of {width}x{height} pixels; sides above {largest} are not run. Export it with a smaller input.",
    vi: "Mô hình {file} nhận hình {width}x{height} điểm ảnh; cạnh lớn hơn {largest} không được chạy. Hãy xuất lại với đầu vào nhỏ hơn.",
  },
  MODEL_INPUT_STEP: {
    en: "The model {file} takes sides that are multiples of {multiple} pixels, not input_px: {said}. Choose a multiple.",
    vi: "Mô hình {file} chỉ nhận cạnh là bội của {multiple} điểm ảnh, không nhận input_px: {said}. Hãy chọn một bội số.",
  },
  MODEL_RUN_FAILED: {
    en: "The model {file} loads but does not run: {reason}. Try another input_px, or export it again.",
    vi: "Mô hình {file} tải được nhưng không chạy: {reason}. Hãy thử input_px khác hoặc xuất lại mô hình.",
  },
  MODEL_OUTPUT_UNFIT: {
    en: "The model {file} does not give what a head of kind {head} gives: {reason}. Write another head: under model:, or export it again.",
    vi: "Mô hình {file} không cho kết quả của dạng đầu ra {head}: {reason}. Hãy ghi head: khác trong mục model: hoặc xuất lại mô hình.",
  },
  MODEL_EXAMINATION_STOPPED: {
    en: "The model {file} could not be examined: opening it ended the process that tried ({reason}). Export the file again; if it repeats, use another model.",
    vi: "Không kiểm tra được mô hình {file}: tiến trình mở tệp đã dừng ({reason}). Hãy xuất lại tệp; nếu lặp lại, hãy dùng mô hình khác.",
  },
  MODEL_TWICE: {
    en: "use: names a shipped model and file: brings another; keep one",
    vi: "use: chọn mô hình có sẵn còn file: đưa vào mô hình khác; hãy giữ một",
  },
  BACKGROUND_NEEDS_NO_TILES: {
    en: "cuts the picture up for a network, but use: background compares all of it at once; remove tiles:",
    vi: "chia hình thành nhiều phần cho mạng nơ-ron, nhưng use: background so sánh cả hình một lần; hãy bỏ tiles:",
  },
  TILES_UNCLEAR: {
    en: "must say either columns: and rows:, or motorcycle_height:, from which they follow",
    vi: "phải ghi hoặc columns: và rows:, hoặc motorcycle_height: để hệ thống tự tính",
  },
  MODEL_NEEDS_FILE: {
    en: "describes a model file, but there is no file: beside it; add file: or remove this",
    vi: "mô tả một tệp mô hình nhưng không có file: bên cạnh; hãy thêm file: hoặc bỏ mục này",
  },
  MODEL_WITHOUT_CLASSES: {
    en: "names no class; write where ours stand among the model's, such as { motorcycle: [0], car: [1, 2] }",
    vi: "không nêu lớp nào; hãy ghi vị trí các lớp của mô hình, ví dụ { motorcycle: [0], car: [1, 2] }",
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
