export const apiProblems = {
  PORT_BUSY: {
    en: "Port {port} on {host} is in use by another program. Stop it, or choose another with --port.",
    vi: "Cổng {port} trên {host} đang bị chương trình khác dùng. Hãy dừng nó hoặc chọn cổng khác bằng --port.",
  },
} as const;
