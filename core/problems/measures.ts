/** What can be wrong with records that are to be measured. */
export const measureProblems = {
  NOT_A_FOLDER: {
    en: "{folder} is not a folder. Check the path.",
    vi: "{folder} không phải thư mục. Hãy kiểm tra đường dẫn.",
  },
  NO_GROUND_TRUTH: {
    en: "{folder} holds no ground truth. Looked for {looked_for}.",
    vi: "{folder} không có dữ liệu chuẩn. Đã tìm {looked_for}.",
  },
  NO_TRACKS: {
    en: "{folder} holds tracks of none of the sequences {sequences}. Looked for {looked_for}.",
    vi: "{folder} không có vết của chuỗi nào trong {sequences}. Đã tìm {looked_for}.",
  },
  TRACKS_MISSING: {
    en: "{sequence}: no tracks, so every object counts as missed. Looked for {looked_for}.",
    vi: "{sequence}: không có vết nên mọi đối tượng bị tính là bỏ sót. Đã tìm {looked_for}.",
  },
  TRACKS_UNASKED: {
    en: "{file} belongs to no sequence of the ground truth and is not scored.",
    vi: "{file} không thuộc chuỗi nào của dữ liệu chuẩn nên không được chấm.",
  },
  TRUTH_MISSING: {
    en: "{sequence} is not scored: it has no {looked_for}.",
    vi: "{sequence} không được chấm vì không có {looked_for}.",
  },
  BOX_COLUMNS: {
    en: "has {got} columns; frame, id, left, top, width and height are needed",
    vi: "có {got} cột; cần frame, id, left, top, width và height",
  },
  BOX_NOT_NUMBER: {
    en: 'must be a number (got "{got}")',
    vi: 'phải là số (đang là "{got}")',
  },
  BOX_NOT_WHOLE: {
    en: 'must be a whole number from {min} (got "{got}")',
    vi: 'phải là số nguyên từ {min} (đang là "{got}")',
  },
  BOX_NEGATIVE: {
    en: 'must not be negative (got "{got}")',
    vi: 'không được âm (đang là "{got}")',
  },
  BOX_ID_TWICE: {
    en: "id {id} already stands in frame {frame} at line {line}; an object is in one place at a time",
    vi: "id {id} đã có trong khung hình {frame} ở dòng {line}; một đối tượng chỉ ở một nơi mỗi lúc",
  },
  MORE_BAD_LINES: {
    en: "{count} more mistakes follow in this file; is it MOTChallenge text?",
    vi: "còn {count} lỗi nữa trong tệp này; đây có phải văn bản MOTChallenge không?",
  },
} as const;
