/**
 * What can be wrong with a file a person wrote. `positioned` prints the place and the key before the sentence, so a
 * sentence does not repeat them. Words are taken from the file or are numbers: nothing to translate hides in a word.
 */
export const configProblems = {
  FILE_UNREADABLE: {
    en: "{file} cannot be read: {reason}. Check the path and its permissions.",
    vi: "Không đọc được {file}: {reason}. Hãy kiểm tra đường dẫn và quyền truy cập.",
  },
  FILE_NOT_JSON: {
    en: "{file} is no well-formed JSON: {reason}. Write it anew; it may have been cut off.",
    vi: "{file} không phải JSON hợp lệ: {reason}. Hãy ghi lại tệp; có thể tệp bị cắt cụt.",
  },
  FILE_MISSING: {
    en: "{file} does not exist. Check the path.",
    vi: "Không có tệp {file}. Hãy kiểm tra đường dẫn.",
  },
  FILE_NOT_TEXT: {
    en: "{file} is not UTF-8 text. Save it as UTF-8.",
    vi: "{file} không phải văn bản UTF-8. Hãy lưu lại bằng mã UTF-8.",
  },
  FILE_TOO_LARGE: {
    en: "the file has {size} characters; at most {limit} are read. Split the site.",
    vi: "tệp có {size} ký tự; chỉ đọc tối đa {limit}. Hãy chia nhỏ tệp.",
  },
  FILE_EMPTY: {
    en: "the file says nothing; docs/sample-site.yaml is a good start",
    vi: "tệp không có nội dung; hãy bắt đầu từ docs/sample-site.yaml",
  },

  YAML_SYNTAX: {
    en: "not valid YAML here ({reason}); check quotes, colons and indentation on this line and the one above",
    vi: "YAML không hợp lệ tại đây ({reason}); hãy xem dấu nháy, dấu hai chấm và thụt dòng ở dòng này và dòng trên",
  },
  YAML_TAB: {
    en: "a tab indents this line; indent with spaces",
    vi: "dòng này thụt vào bằng tab; hãy dùng dấu cách",
  },
  YAML_INDENT: {
    en: "indented differently from the lines it belongs with",
    vi: "thụt dòng không khớp với các dòng cùng cấp",
  },
  YAML_UNCLOSED: {
    en: "something opened before is not closed here; look for a missing quote, comma or bracket",
    vi: "phần mở trước đó chưa được đóng; hãy tìm dấu nháy, dấu phẩy hoặc dấu ngoặc bị thiếu",
  },
  YAML_ALIAS: {
    en: "refers to an anchor (&name) that does not stand above it",
    vi: "trỏ tới một neo (&tên) không có ở phía trên",
  },
  YAML_ALIAS_BOMB: {
    en: "anchors and aliases unfold to far more than the file holds; write the parts out",
    vi: "neo và bí danh bung ra quá lớn so với tệp; hãy viết đầy đủ từng phần",
  },
  YAML_TOO_DEEP: {
    en: "sections are nested deeper than any site needs ({limit} levels)",
    vi: "các mục lồng nhau sâu hơn mức cần thiết ({limit} cấp)",
  },
  YAML_DOCUMENTS: {
    en: "a second document starts here; keep one document and remove the line ---",
    vi: "tài liệu thứ hai bắt đầu ở đây; hãy giữ một tài liệu và bỏ dòng ---",
  },
  YAML_KEY_NOT_TEXT: {
    en: "a key must be plain text",
    vi: "khóa phải là văn bản thường",
  },
  DUPLICATE_KEY: {
    en: "stands twice in this section, first at line {line}; keep one",
    vi: "xuất hiện hai lần trong mục này, lần đầu ở dòng {line}; hãy giữ một",
  },

  UNKNOWN_KEY: {
    en: "unknown key; keys that may stand here: {allowed}",
    vi: "khóa lạ; các khóa dùng được ở đây: {allowed}",
  },
  MORE_UNKNOWN_KEYS: {
    en: "this and more unknown keys follow, {count} in all; is it the right file?",
    vi: "khóa này và các khóa lạ tiếp theo, tổng cộng {count}; đây có đúng tệp không?",
  },
  UNKNOWN_KEY_NEAR: {
    en: 'unknown key; did you mean "{guess}"?',
    vi: 'khóa lạ; có phải ý bạn là "{guess}"?',
  },
  MISPLACED_KEY: {
    en: "does not belong here; it stands under {home}",
    vi: "không thuộc mục này; khóa này nằm trong {home}",
  },
  MISSING_KEY: {
    en: 'needs the key "{missing}"',
    vi: 'thiếu khóa "{missing}"',
  },
  EMPTY_VALUE: {
    en: "has no value; give one, or remove the key if it has a default",
    vi: "chưa có giá trị; hãy điền vào, hoặc bỏ khóa nếu đã có mặc định",
  },
  NOT_TEXT: {
    en: "must be text (got {got}); put it in quotes",
    vi: "phải là văn bản (đang là {got}); hãy đặt trong dấu nháy",
  },
  NOT_NUMBER: {
    en: "must be a number (got {got})",
    vi: "phải là số (đang là {got})",
  },
  NOT_WHOLE: {
    en: "must be a whole number (got {got})",
    vi: "phải là số nguyên (đang là {got})",
  },
  NOT_LIST: {
    en: "must be a list (got {got})",
    vi: "phải là danh sách (đang là {got})",
  },
  NOT_SECTION: {
    en: "must be a section of keys and values (got {got})",
    vi: "phải là một mục gồm khóa và giá trị (đang là {got})",
  },
  NUMBER_TOO_SMALL: {
    en: "must be at least {limit} (got {got})",
    vi: "không được nhỏ hơn {limit} (đang là {got})",
  },
  NUMBER_NOT_ABOVE: {
    en: "must be above {limit} (got {got})",
    vi: "phải lớn hơn {limit} (đang là {got})",
  },
  NUMBER_TOO_BIG: {
    en: "must be at most {limit} (got {got})",
    vi: "không được lớn hơn {limit} (đang là {got})",
  },
  NUMBER_NOT_BELOW: {
    en: "must be below {limit} (got {got})",
    vi: "phải nhỏ hơn {limit} (đang là {got})",
  },
  NUMBER_STEP: {
    en: "must be a multiple of {step} (got {got})",
    vi: "phải là bội số của {step} (đang là {got})",
  },
  TOO_FEW: {
    en: "needs at least {limit} in the list (has {got})",
    vi: "danh sách cần ít nhất {limit} phần tử (đang có {got})",
  },
  TOO_MANY: {
    en: "takes at most {limit} in the list (has {got})",
    vi: "danh sách nhận tối đa {limit} phần tử (đang có {got})",
  },
  TEXT_EMPTY: {
    en: "must not be empty",
    vi: "không được để trống",
  },
  TEXT_LENGTH: {
    en: "has a length that is not accepted; the limit is {limit} characters",
    vi: "có độ dài không hợp lệ; giới hạn là {limit} ký tự",
  },
  NOT_A_CHOICE: {
    en: "must be one of {choices} (got {got})",
    vi: "phải là một trong {choices} (đang là {got})",
  },
  NOT_A_CHOICE_NEAR: {
    en: "must be one of {choices} (got {got}); did you mean {guess}?",
    vi: "phải là một trong {choices} (đang là {got}); có phải ý bạn là {guess}?",
  },
  BAD_FORM: {
    en: "has the wrong form (got {got}); it must match {pattern}",
    vi: "sai dạng (đang là {got}); phải khớp với {pattern}",
  },
  BAD_VALUE: {
    en: "is not accepted ({reason})",
    vi: "không được chấp nhận ({reason})",
  },
  BAD_ID: {
    en: "must be lower-case letters, digits, - or _, at most 63 characters (got {got})",
    vi: "chỉ gồm chữ thường không dấu, chữ số, - hoặc _, tối đa 63 ký tự (đang là {got})",
  },
  BAD_TIME: {
    en: 'must be a time of day such as "06:30" (got {got})',
    vi: 'phải là giờ trong ngày, ví dụ "06:30" (đang là {got})',
  },
  BAD_END_TIME: {
    en: 'must be a time of day such as "22:00", at most "24:00" (got {got})',
    vi: 'phải là giờ trong ngày, ví dụ "22:00", muộn nhất "24:00" (đang là {got})',
  },
  // Shows no value: what stands there may be the secret itself.
  BAD_VARIABLE_NAME: {
    en: "must be the name of an environment variable: capitals, digits and _, such as SITE_CAMERA_1",
    vi: "phải là tên biến môi trường: chữ hoa, chữ số và _, ví dụ SITE_CAMERA_1",
  },
  OUTSIDE_PICTURE: {
    en: "lies outside the picture; coordinates run from 0 to 1, origin top left (got {got})",
    vi: "nằm ngoài khung hình; tọa độ từ 0 đến 1, gốc ở góc trên bên trái (đang là {got})",
  },
} as const;
