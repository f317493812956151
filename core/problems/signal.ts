export const signalProblems = {
  CONFLICTING_GREENS: {
    en: "{intersection}: phases {a} and {b} conflict but would both run at {at_s} s of the cycle.",
    vi: "{intersection}: pha {a} và {b} xung đột nhưng cùng chạy tại giây {at_s} của chu kỳ.",
  },
} as const;
