/** What the gate finds against documents as a whole. */
export const proofProblems = {
  PLAN_OF_SCENARIO: {
    en: "This plan was made for a signal of a scenario, not for {intersection}. It can be rehearsed, never sent: retime the site instead.",
    vi: "Phương án này được lập cho đèn trong kịch bản mô phỏng, không phải cho {intersection}. Chỉ có thể chạy thử, không gửi được: hãy lập lại cho hiện trường.",
  },
  DATABASE_SHAPE: {
    en: "The database for {controller} is not one: {path} {reason}. Upload it from the device again, and change only values.",
    vi: "Cơ sở dữ liệu cho {controller} không hợp lệ: {path} {reason}. Hãy đọc lại từ tủ và chỉ sửa giá trị.",
  },
  DATABASE_OF_OTHER: {
    en: "The database is that of controller {meant}, not of {controller}. Send it where it belongs.",
    vi: "Cơ sở dữ liệu này của tủ {meant}, không phải của {controller}. Hãy gửi đúng tủ.",
  },
  DATABASE_MANUAL: {
    en: "{intersection}: the database sets coordOperationalMode to {mode}, which takes the signal out of central and local control. It must be 0.",
    vi: "{intersection}: cơ sở dữ liệu đặt coordOperationalMode là {mode}, khiến đèn ra khỏi điều khiển trung tâm và tại chỗ. Giá trị phải là 0.",
  },
  DATABASE_ACTION: {
    en: "{intersection}: the event at {at} of day plan {day_plan} names {action}, which is no action of the device. Correct its number.",
    vi: "{intersection}: sự kiện lúc {at} của kế hoạch ngày {day_plan} nêu {action}, không phải hành động nào của tủ. Hãy sửa số.",
  },
} as const;
