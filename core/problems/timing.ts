/** What can keep stages, bands and their pictures from being made. */
export const timingProblems = {
  STAGES_NONE: {
    en: "there are no movements to put into stages. Give at least one.",
    vi: "không có hướng đi nào để xếp giai đoạn. Hãy cho ít nhất một hướng.",
  },
  STAGES_MANY: {
    en: "{count} movements are too many for a search over stages; at most {most}. Join those that always run together.",
    vi: "{count} hướng đi là quá nhiều để tìm giai đoạn; tối đa {most}. Hãy gộp các hướng luôn chạy cùng nhau.",
  },
  STAGES_NO_CYCLE: {
    en: "no sequence of stages serves all movements at a degree of saturation of {degree} within {longest_s} s. Allow a longer cycle, fuller greens, or shorten minimums.",
    vi: "không có trình tự giai đoạn nào phục vụ mọi hướng ở mức bão hoà {degree} trong {longest_s} giây. Hãy cho chu kỳ dài hơn, xanh đầy hơn hoặc giảm các mức tối thiểu.",
  },
} as const;
