export const signalProblems = {
  CONFLICTING_GREENS: {
    en: "{intersection}: phases {a} and {b} conflict but would both run at {at_s} s of the cycle.",
    vi: "{intersection}: pha {a} và {b} xung đột nhưng cùng chạy tại giây {at_s} của chu kỳ.",
  },
  PHASE_TWICE: {
    en: "{intersection}: phase {phase} stands twice in {where}. Keep one.",
    vi: "{intersection}: pha {phase} xuất hiện hai lần trong {where}. Hãy giữ lại một.",
  },
  PHASE_UNKNOWN: {
    en: "{intersection}: {where} names phase {phase}, which is not in phases. Add the phase or correct the number.",
    vi: "{intersection}: {where} nêu pha {phase} nhưng phases không có pha này. Hãy thêm pha hoặc sửa số.",
  },
  PHASE_NOT_IN_RINGS: {
    en: "{intersection}: phase {phase} is in no ring, so it would never run. Put it into one barrier group.",
    vi: "{intersection}: pha {phase} không thuộc vòng nào nên sẽ không bao giờ chạy. Hãy đặt nó vào một nhóm rào.",
  },
  RING_GROUPS_UNEQUAL: {
    en: "{intersection}: ring {ring} has {groups} barrier groups, ring 1 has {expected}. All rings cross the same barriers.",
    vi: "{intersection}: vòng {ring} có {groups} nhóm rào, vòng 1 có {expected}. Mọi vòng phải qua cùng các rào.",
  },
  CONFLICT_WITH_ITSELF: {
    en: "{intersection}: phase {phase} is listed as conflicting with itself. Remove the entry or correct one number.",
    vi: "{intersection}: pha {phase} bị ghi là xung đột với chính nó. Hãy xóa mục này hoặc sửa một số.",
  },
  CONFLICT_TWICE: {
    en: "{intersection}: the conflict of phases {a} and {b} is listed twice. One entry states both directions; keep one.",
    vi: "{intersection}: xung đột giữa pha {a} và {b} được ghi hai lần. Một mục đã đủ cho hai chiều; hãy giữ lại một.",
  },
  CONFLICT_AND_PERMISSIVE: {
    en: "{intersection}: phases {a} and {b} are listed both as conflicting and as permissive. Decide which is true.",
    vi: "{intersection}: pha {a} và {b} vừa được ghi là xung đột vừa được ghi là nhường. Hãy chọn một.",
  },
  CONFLICT_SIDE_BY_SIDE: {
    en: "{intersection}: phases {a} and {b} conflict but stand in barrier group {group} of different rings, so they would run together. Move one.",
    vi: "{intersection}: pha {a} và {b} xung đột nhưng cùng ở nhóm rào {group} của hai vòng khác nhau nên sẽ chạy cùng lúc. Hãy chuyển một pha.",
  },
  CLEARANCE_MISSING: {
    en: "{intersection}: phase {phase} has no yellow and red clearance. Add it to clearances.",
    vi: "{intersection}: pha {phase} chưa có thời gian vàng và đỏ toàn phần. Hãy thêm vào clearances.",
  },
  YELLOW_SHORT: {
    en: "{intersection}: phase {phase} has {yellow_s} s of yellow; {speed_kmh} km/h on approach {approach} needs {need_s} s. Raise yellow_s.",
    vi: "{intersection}: pha {phase} có {yellow_s} giây vàng; tốc độ {speed_kmh} km/h ở nhánh {approach} cần {need_s} giây. Hãy tăng yellow_s.",
  },
  RED_CLEAR_SHORT: {
    en: "{intersection}: phase {phase} has {red_clear_s} s of red clearance; at least {need_s} s is needed. Raise red_clear_s.",
    vi: "{intersection}: pha {phase} có {red_clear_s} giây đỏ toàn phần; cần ít nhất {need_s} giây. Hãy tăng red_clear_s.",
  },
  MAX_GREEN_SHORT: {
    en: "{intersection}: phase {phase} may show green at most {max_green_s} s but needs {need_s} s. Raise max_green_s.",
    vi: "{intersection}: pha {phase} chỉ được xanh tối đa {max_green_s} giây nhưng cần {need_s} giây. Hãy tăng max_green_s.",
  },
  WALK_INCOMPLETE: {
    en: "{intersection}: phase {phase} has walk {walk_s} s and pedestrian clearance {ped_clear_s} s. Give at least {need_s} s of walk and a clearance, or 0 for both.",
    vi: "{intersection}: pha {phase} có {walk_s} giây cho người đi bộ và {ped_clear_s} giây dọn đường. Cần ít nhất {need_s} giây đi bộ và có thời gian dọn đường, hoặc cả hai bằng 0.",
  },
  PED_RECALL_WITHOUT_WALK: {
    en: "{intersection}: phase {phase} recalls pedestrians but has no walk. Give it walk_s and ped_clear_s, or another recall.",
    vi: "{intersection}: pha {phase} gọi người đi bộ thường trực nhưng không có thời gian đi bộ. Hãy đặt walk_s và ped_clear_s hoặc đổi kiểu gọi.",
  },
  COORD_PHASE_PER_RING: {
    en: "{intersection}: ring {ring} has {count} coordinated phases; it needs exactly one. Correct coord_phases.",
    vi: "{intersection}: vòng {ring} có {count} pha phối hợp; cần đúng một. Hãy sửa coord_phases.",
  },
  COORD_PHASES_APART: {
    en: "{intersection}: coordinated phases {a} and {b} stand in different barrier groups. Choose them from one group.",
    vi: "{intersection}: pha phối hợp {a} và {b} ở hai nhóm rào khác nhau. Hãy chọn trong cùng một nhóm.",
  },
  CYCLE_BOUNDS_CROSSED: {
    en: "{intersection}: cycle_min_s {cycle_min_s} is above cycle_max_s {cycle_max_s}. Swap or correct them.",
    vi: "{intersection}: cycle_min_s {cycle_min_s} lớn hơn cycle_max_s {cycle_max_s}. Hãy đổi chỗ hoặc sửa lại.",
  },
  MINIMUMS_EXCEED_CYCLE: {
    en: "{intersection}: minimum greens, pedestrian services and clearances need a cycle of {need_s} s; at most {cycle_max_s} s is allowed. Raise cycle_max_s or shorten a pedestrian service by a shorter crossing.",
    vi: "{intersection}: xanh tối thiểu, người đi bộ và thời gian chuyển pha cần chu kỳ {need_s} giây; chỉ cho phép tối đa {cycle_max_s} giây. Hãy tăng cycle_max_s hoặc rút ngắn lối đi bộ.",
  },
  PLAN_FOR_ANOTHER: {
    en: "This plan is for {plan_for}, not for {intersection}. Send it to the controller it was made for.",
    vi: "Phương án này dành cho {plan_for}, không phải {intersection}. Hãy gửi đến đúng tủ điều khiển.",
  },
  SEQUENCE_UNKNOWN: {
    en: "{intersection}: the plan asks for phase sequence {sequence}, which is not stated. Sequence 1 is rings; add others to sequences.",
    vi: "{intersection}: phương án yêu cầu thứ tự pha {sequence} chưa được khai. Thứ tự 1 là rings; hãy thêm thứ tự khác vào sequences.",
  },
  CYCLE_OUT_OF_BOUNDS: {
    en: "{intersection}: cycle {cycle_s} s is outside {cycle_min_s} to {cycle_max_s} s. Choose a cycle inside.",
    vi: "{intersection}: chu kỳ {cycle_s} giây nằm ngoài khoảng {cycle_min_s} đến {cycle_max_s} giây. Hãy chọn chu kỳ trong khoảng.",
  },
  OFFSET_OUT_OF_CYCLE: {
    en: "{intersection}: offset {offset_s} s must be at least 0 and below the cycle of {cycle_s} s.",
    vi: "{intersection}: độ lệch pha {offset_s} giây phải từ 0 và nhỏ hơn chu kỳ {cycle_s} giây.",
  },
  SPLIT_MISSING: {
    en: "{intersection}: the plan has no split for phase {phase}. Add one, or omit the phase.",
    vi: "{intersection}: phương án không có thời lượng cho pha {phase}. Hãy thêm vào hoặc bỏ pha này.",
  },
  SPLIT_SHORT: {
    en: "{intersection}: phase {phase} gets {split_s} s but needs {need_s} s for its minimum green or pedestrians, yellow and red. Lengthen the split.",
    vi: "{intersection}: pha {phase} được {split_s} giây nhưng cần {need_s} giây cho xanh tối thiểu hoặc người đi bộ, vàng và đỏ. Hãy kéo dài thời lượng.",
  },
  GREEN_SHORT: {
    en: "{intersection}: waiting for the intergreen after phase {after} leaves phase {phase} {green_s} s of green; it needs {need_s} s. Lengthen its split.",
    vi: "{intersection}: chờ thời gian chuyển pha sau pha {after} khiến pha {phase} chỉ còn {green_s} giây xanh; cần {need_s} giây. Hãy kéo dài thời lượng.",
  },
  OMITTED_WITH_SPLIT: {
    en: "{intersection}: phase {phase} is omitted but has a split of {split_s} s. Give the time to another phase.",
    vi: "{intersection}: pha {phase} bị bỏ nhưng vẫn có {split_s} giây. Hãy chuyển thời gian cho pha khác.",
  },
  COORD_PHASE_OMITTED: {
    en: "{intersection}: phase {phase} is coordinated and cannot be omitted.",
    vi: "{intersection}: pha {phase} là pha phối hợp nên không thể bỏ.",
  },
  CYCLE_SUM_UNEQUAL: {
    en: "{intersection}: the splits of the longest rings add up to {sum_s} s; the cycle is {cycle_s} s. They must be equal.",
    vi: "{intersection}: tổng thời lượng theo vòng dài nhất là {sum_s} giây; chu kỳ là {cycle_s} giây. Hai số phải bằng nhau.",
  },
  BARRIER_SUM_UNEQUAL: {
    en: "{intersection}: in barrier group {group}, ring {ring} has {sum_s} s and the longest ring {expected_s} s. Rings must reach the barrier together.",
    vi: "{intersection}: ở nhóm rào {group}, vòng {ring} có {sum_s} giây còn vòng dài nhất có {expected_s} giây. Các vòng phải đến rào cùng lúc.",
  },
  PLAN_NOT_RUNNABLE: {
    en: "{intersection}: a controller would refuse this plan ({reason}) and run free. Correct the splits, cycle or offset.",
    vi: "{intersection}: tủ điều khiển sẽ từ chối phương án này ({reason}) và chạy độc lập. Hãy sửa thời lượng, chu kỳ hoặc độ lệch.",
  },
  INTERSECTION_UNKNOWN: {
    en: "Corridor {corridor} names intersection {intersection}, which is not in the site file.",
    vi: "Tuyến {corridor} nêu nút giao {intersection} nhưng tệp cấu hình không có nút này.",
  },
  NO_COMMON_CYCLE: {
    en: "Corridor {corridor}: {longest} needs a cycle of at least {need_s} s but {shortest} allows at most {cycle_max_s} s. Raise that cycle_max_s or take one of them out of the corridor.",
    vi: "Tuyến {corridor}: {longest} cần chu kỳ ít nhất {need_s} giây nhưng {shortest} chỉ cho phép tối đa {cycle_max_s} giây. Hãy tăng cycle_max_s hoặc đưa một nút ra khỏi tuyến.",
  },
  DEMAND_ABOVE_CAPACITY: {
    en: "{intersection}: critical flow ratio {ratio} is above {limit}. The longest cycle of {cycle_s} s is used and splits are proportional; queues will remain.",
    vi: "{intersection}: tổng tỷ số lưu lượng tới hạn {ratio} vượt {limit}. Dùng chu kỳ dài nhất {cycle_s} giây, thời lượng chia theo tỷ lệ; hàng chờ vẫn còn.",
  },
  DEMAND_ASSUMED: {
    en: "{intersection}: {lanes} of {of} lanes have no measurement and no history; the site file's volumes are assumed.",
    vi: "{intersection}: {lanes} trên {of} làn không có số đo và lịch sử; dùng lưu lượng giả định trong tệp cấu hình.",
  },
  DEMAND_SIMULATED: {
    en: "{intersection}: {lanes} of {of} lanes are simulated, not seen by a camera.",
    vi: "{intersection}: {lanes} trên {of} làn là mô phỏng, không phải camera quan sát.",
  },
  QUEUE_OUTLIVES_GREEN: {
    en: "{intersection}: on lane {lane} the queue outlives the green, so its demand is taken as {flow_pcu_h} PCU/h, above what was counted.",
    vi: "{intersection}: trên làn {lane} hàng chờ dài hơn đèn xanh nên nhu cầu được lấy là {flow_pcu_h} PCU/h, cao hơn số đếm.",
  },
  NO_BAND: {
    en: "Corridor {corridor}: no offsets give a green band {direction}. Vehicles will stop on the way.",
    vi: "Tuyến {corridor}: không có độ lệch nào tạo làn sóng xanh chiều {direction}. Xe sẽ phải dừng dọc đường.",
  },
} as const;
