/** Problems of training on a site's own pictures. */
export const trainingProblems = {
  TRAINING_LABELS_UNREADABLE: {
    en: "The labels {file} cannot be read: {reason}. Give a CSV file (image, class, x, y, w, h), a COCO JSON file or a folder of YOLO text files.",
    vi: "Không đọc được nhãn {file}: {reason}. Hãy dùng tệp CSV (image, class, x, y, w, h), tệp COCO JSON hoặc thư mục tệp văn bản YOLO.",
  },
  TRAINING_CLASSES_UNNAMED: {
    en: "Nothing says what the class numbers of the YOLO labels in {file} mean. Put a classes.txt (one name a line) or the data.yaml of the data set beside them.",
    vi: "Không có gì cho biết ý nghĩa các số lớp của nhãn YOLO trong {file}. Hãy đặt classes.txt (mỗi dòng một tên) hoặc data.yaml của bộ dữ liệu bên cạnh.",
  },
  TRAINING_PICTURE_MISSING: {
    en: "The labels {file} name the picture {picture}, which is not there. Check the folder given with --images.",
    vi: "Nhãn {file} nhắc tới ảnh {picture} nhưng không có ảnh đó. Hãy kiểm tra thư mục ghi ở --images.",
  },
  TRAINING_NOTHING_KNOWN: {
    en: "None of the classes in {file} is known here: {found}. Say which is which, for example --classes {example}=motorcycle; known are {known}.",
    vi: "Không lớp nào trong {file} được nhận ra: {found}. Hãy cho biết lớp nào là gì, ví dụ --classes {example}=motorcycle; các lớp đã biết: {known}.",
  },
  TRAINING_CLASS_UNKNOWN: {
    en: "{said} under --classes is no class that can be learned. Write theirs=ours, with ours one of {known}.",
    vi: "{said} ở --classes không phải lớp có thể học. Hãy viết tên-của-bạn=tên-ở-đây, tên ở đây là một trong {known}.",
  },
} as const;
