export const configProblems = {
  FILE_UNREADABLE: {
    en: "{file} cannot be read: {reason}. Check the path and its permissions.",
    vi: "Không đọc được {file}: {reason}. Hãy kiểm tra đường dẫn và quyền truy cập.",
  },
  YAML_SYNTAX: {
    en: "not valid YAML: {reason}",
    vi: "YAML không hợp lệ: {reason}",
  },
  UNKNOWN_KEY: {
    en: 'unknown key "{key}"; {hint}',
    vi: 'khóa lạ "{key}"; {hint}',
  },
  BAD_VALUE: {
    en: "{key}: {reason}",
    vi: "{key}: {reason}",
  },
} as const;
