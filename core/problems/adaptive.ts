/** Why an intersection that a policy should lead runs its plan instead. */
export const adaptiveProblems = {
  ADAPTIVE_STARTING: {
    en: "{intersection} runs its plan until every lane has been heard of and its device has answered for ten seconds.",
    vi: "{intersection} chạy kế hoạch cho đến khi mọi làn đã có tin và thiết bị đã trả lời trong mười giây.",
  },
  ADAPTIVE_UNWATCHED: {
    en: "{intersection} runs its plan: nobody has told anything of lane {lane} yet. Draw a camera's line across it, or wait for its first interval.",
    vi: "{intersection} chạy kế hoạch: chưa có tin gì về làn {lane}. Hãy vẽ vạch đếm của một camera qua làn đó, hoặc đợi khoảng đo đầu tiên.",
  },
  ADAPTIVE_BLIND: {
    en: "{intersection} runs its plan: whoever watches lane {lane} sees nothing now. Look at its camera; the policy takes over again by itself.",
    vi: "{intersection} chạy kế hoạch: thiết bị quan sát làn {lane} hiện không thấy gì. Hãy xem camera của làn đó; chính sách sẽ tự tiếp quản lại.",
  },
  ADAPTIVE_QUIET: {
    en: "{intersection} runs its plan: nothing was heard of lane {lane} for too long. Look at its camera and its process; the policy takes over again by itself.",
    vi: "{intersection} chạy kế hoạch: đã quá lâu không có tin về làn {lane}. Hãy xem camera và tiến trình của nó; chính sách sẽ tự tiếp quản lại.",
  },
  ADAPTIVE_STUCK: {
    en: "{intersection} runs its plan: the detector of lane {lane} stays on through greens in which nobody crosses. Look for a parked vehicle or a broken detector.",
    vi: "{intersection} chạy kế hoạch: đầu dò của làn {lane} báo có xe suốt các pha xanh mà không ai đi qua. Hãy xem có xe đỗ hoặc đầu dò hỏng không.",
  },
  ADAPTIVE_SILENT: {
    en: "{intersection} runs its plan: nobody has been shown on lane {lane} for far longer than usual, while the other lanes are as busy as ever. Look whether its camera still sees it; the policy takes over again by itself.",
    vi: "{intersection} chạy kế hoạch: đã lâu hơn bình thường rất nhiều mà không thấy ai trên làn {lane}, trong khi các làn khác vẫn đông như thường. Hãy xem camera còn thấy làn đó không; chính sách sẽ tự tiếp quản lại.",
  },
  ADAPTIVE_ASIDE: {
    en: "{intersection} runs its plan while its plans are being changed. The policy takes over again afterwards.",
    vi: "{intersection} chạy kế hoạch trong khi kế hoạch đang được thay đổi. Sau đó chính sách tiếp quản lại.",
  },
  ADAPTIVE_NO_ANSWER: {
    en: "{intersection} runs its plan: its device gave no new answer. Check the line to it.",
    vi: "{intersection} chạy kế hoạch: thiết bị không có trả lời mới. Hãy kiểm tra đường truyền.",
  },
  ADAPTIVE_BY_HAND: {
    en: "{intersection} is left alone: its device is in the state “{state}”. The policy takes over again when that is over.",
    vi: "{intersection} được để yên: thiết bị đang ở trạng thái “{state}”. Chính sách sẽ tiếp quản lại khi trạng thái đó kết thúc.",
  },
} as const;
