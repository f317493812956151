export const detectorProblems = {
  FFMPEG_MISSING: {
    en: "ffmpeg is not installed. On Debian or Ubuntu type: sudo apt-get install ffmpeg",
    vi: "Chưa cài ffmpeg. Trên Debian hoặc Ubuntu hãy gõ: sudo apt-get install ffmpeg",
  },
} as const;
