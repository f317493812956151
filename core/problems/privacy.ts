/** Problems of redacted copies. */
export const privacyProblems = {
  REDACTION_UNWRITABLE: {
    en: "The redacted copy {file} cannot be written: {reason}. Check the disk and that its folder can be written to; the original is untouched.",
    vi: "Không ghi được bản đã che {file}: {reason}. Hãy kiểm tra ổ đĩa và quyền ghi vào thư mục; bản gốc vẫn nguyên vẹn.",
  },
  REDACTION_STOPPED: {
    en: "The redaction process stopped ({reason}) before its copies were whole, so there are none. Try again; if it repeats, run: greenwave doctor",
    vi: "Tiến trình che hình đã dừng ({reason}) trước khi hoàn tất nên không có bản nào. Hãy thử lại; nếu lặp lại hãy chạy: greenwave doctor",
  },
} as const;
