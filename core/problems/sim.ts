export const simProblems = {
  SIMULATION_WAITS: {
    en: "{waiting} simulated flow intervals could not be stored yet ({reason}); the simulation goes on once storage does.",
    vi: "{waiting} khoảng đếm mô phỏng chưa lưu được ({reason}); mô phỏng sẽ tiếp tục khi lưu trữ hoạt động lại.",
  },
  SIMULATION_FAILED: {
    en: "The simulated traffic stopped: {reason}. Restart the service, and report this if it happens again.",
    vi: "Giao thông mô phỏng đã dừng: {reason}. Hãy khởi động lại dịch vụ và báo lỗi nếu lặp lại.",
  },
} as const;
