/** Geometry, overlaps, preempts, the cabinet's monitor and the local time of day of an intersection. */
export const signalModelProblems = {
  DILEMMA_ZONE: {
    en: "{intersection}: at {speed_kmh} km/h on approach {approach}, drivers up to {length_m} m before the point of no return can neither stop nor pass on {yellow_s} s of yellow, the longest there is. Lower the speed before the signal.",
    vi: "{intersection}: với {speed_kmh} km/h ở nhánh {approach}, người lái trong {length_m} m trước vạch không kịp dừng cũng không kịp qua trong {yellow_s} giây vàng, mức dài nhất. Hãy giảm tốc độ trước đèn.",
  },
  INTERGREEN_SHORT: {
    en: "{intersection}: from phase {a} to phase {b} there are {got_s} s between the greens; the paths stated need {need_s} s. Raise the intergreen.",
    vi: "{intersection}: từ pha {a} sang pha {b} có {got_s} giây giữa hai đèn xanh; quãng đường đã khai cần {need_s} giây. Hãy tăng thời gian chuyển pha.",
  },
  PED_CLEAR_SHORT: {
    en: "{intersection}: phase {phase} clears people in {got_s} s; a crossing of {crossing_m} m needs {need_s} s. Raise ped_clear_s, or build a refuge.",
    vi: "{intersection}: pha {phase} dành {got_s} giây cho người đi bộ qua hết; lối qua {crossing_m} m cần {need_s} giây. Hãy tăng ped_clear_s hoặc làm đảo trú chân.",
  },
  MIN_GREEN_SHORT: {
    en: "{intersection}: phase {phase} has {got_s} s of minimum green; the queue before a detector {setback_m} m back needs {need_s} s. Raise min_green_s.",
    vi: "{intersection}: pha {phase} có {got_s} giây xanh tối thiểu; hàng xe trước cảm biến cách {setback_m} m cần {need_s} giây. Hãy tăng min_green_s.",
  },
  GEOMETRY_HALF: {
    en: "{intersection}: the conflict of phases {a} and {b} states the path of one only. State path_a_m and path_b_m, or neither.",
    vi: "{intersection}: xung đột giữa pha {a} và {b} chỉ khai quãng đường của một pha. Hãy khai cả path_a_m và path_b_m, hoặc bỏ cả hai.",
  },
  CROSSING_WITHOUT_WALK: {
    en: "{intersection}: phase {phase} states a crossing but no walk_s, so nobody is shown across. Give it walk_s, or remove the crossing.",
    vi: "{intersection}: pha {phase} khai lối qua đường nhưng không có walk_s. Hãy đặt walk_s hoặc bỏ lối qua đường.",
  },
  SEQUENCE_TWICE: {
    en: "{intersection}: sequence {sequence} is stated twice. Keep one.",
    vi: "{intersection}: thứ tự pha {sequence} được khai hai lần. Hãy giữ lại một.",
  },
  SEQUENCE_REGROUPS: {
    en: "{intersection}: in sequence {sequence}, ring {ring} must run phases {expected} between barriers {group} and the next, in any order; it runs {got}.",
    vi: "{intersection}: trong thứ tự {sequence}, vòng {ring} phải chạy các pha {expected} ở nhóm rào {group} theo thứ tự bất kỳ; hiện là {got}.",
  },
  OVERLAP_TWICE: {
    en: "{intersection}: overlap {overlap} is stated twice. Keep one.",
    vi: "{intersection}: pha chồng {overlap} được khai hai lần. Hãy giữ lại một.",
  },
  OVERLAP_CONFLICT: {
    en: "{intersection}: overlap {overlap} is green with phase {parent}, which may run together with phase {foe}; the two conflict. Take the phase out of the overlap, or keep the phases apart.",
    vi: "{intersection}: pha chồng {overlap} xanh cùng pha {parent}, mà pha này có thể chạy cùng pha {foe} xung đột với nó. Hãy bỏ pha khỏi pha chồng hoặc tách hai pha.",
  },
  OVERLAP_MODIFIER: {
    en: "{intersection}: overlap {overlap} is of type {type}, with {count} modifier phases. `minus_green_yellow` needs at least one, `normal` none.",
    vi: "{intersection}: pha chồng {overlap} kiểu {type} có {count} pha điều chỉnh. `minus_green_yellow` cần ít nhất một, `normal` không có.",
  },
  OVERLAP_TRAIL_SHORT: {
    en: "{intersection}: overlap {overlap} ends by itself with {what} {got_s} s; the phases it includes have {need_s} s. Raise it.",
    vi: "{intersection}: pha chồng {overlap} tự kết thúc với {what} {got_s} giây; các pha của nó có {need_s} giây. Hãy tăng lên.",
  },
  OVERLAP_TRAILS_INTO: {
    en: "{intersection}: overlap {overlap} goes on for {trail_s} s after phase {parent}, but phase {foe}, which it conflicts with, may start after {got_s} s. Shorten the trail, or state an intergreen of {trail_s} s.",
    vi: "{intersection}: pha chồng {overlap} kéo dài {trail_s} giây sau pha {parent}, nhưng pha {foe} xung đột có thể bắt đầu sau {got_s} giây. Hãy rút ngắn hoặc khai thời gian chuyển pha {trail_s} giây.",
  },
  PREEMPT_TWICE: {
    en: "{intersection}: preempt {preempt} is stated twice. Keep one.",
    vi: "{intersection}: ưu tiên {preempt} được khai hai lần. Hãy giữ lại một.",
  },
  PREEMPT_ENTRY_SHORT: {
    en: "{intersection}: preempt {preempt} enters with {what} {got_s} s; phase {phase} has {need_s} s, which would be cut short. Leave it out, or raise it.",
    vi: "{intersection}: ưu tiên {preempt} vào với {what} {got_s} giây; pha {phase} có {need_s} giây nên sẽ bị cắt ngắn. Hãy bỏ giá trị này hoặc tăng lên.",
  },
  PREEMPT_UNSIGNED: {
    en: "{intersection}: preempt {preempt} enters with {what} {got_s} s, less than the {need_s} s of phase {phase}, and nobody has signed for it. State signed_off, or raise it.",
    vi: "{intersection}: ưu tiên {preempt} vào với {what} {got_s} giây, ít hơn {need_s} giây của pha {phase}, mà chưa ai ký. Hãy khai signed_off hoặc tăng lên.",
  },
  PREEMPT_TOGETHER: {
    en: "{intersection}: preempt {preempt} shows phases {a} and {b} together in {what}, which must never be. Take one out.",
    vi: "{intersection}: ưu tiên {preempt} cho pha {a} và {b} cùng chạy trong {what}, điều không được phép. Hãy bỏ một pha.",
  },
  PREEMPT_TRACK: {
    en: "{intersection}: preempt {preempt} of kind {kind} has {phases} track phases and {green_s} s of track green. A train needs both; others neither, or both.",
    vi: "{intersection}: ưu tiên {preempt} loại {kind} có {phases} pha thoát đường ray và {green_s} giây xanh. Tàu hỏa cần cả hai; loại khác không có hoặc có cả hai.",
  },
  PREEMPT_DWELL: {
    en: "{intersection}: preempt {preempt} must dwell in phases or in flash, in one of the two. State dwell_phases, or dwell_flash: true without them.",
    vi: "{intersection}: ưu tiên {preempt} phải dừng ở các pha hoặc ở chế độ nháy, chỉ một trong hai. Hãy ghi dwell_phases, hoặc dwell_flash: true và bỏ dwell_phases.",
  },
  PREEMPT_ENDLESS: {
    en: "{intersection}: preempt {preempt} is given up after {got_s} s, before its own {need_s} s of delay, minimum duration, track green and dwell are over. Raise max_presence_s.",
    vi: "{intersection}: ưu tiên {preempt} bị hủy sau {got_s} giây, trước khi hết {need_s} giây của chính nó. Hãy tăng max_presence_s.",
  },
  PREEMPT_LINK_UNKNOWN: {
    en: "{intersection}: preempt {preempt} links to {link}, which is not stated. Correct link, or state that preempt.",
    vi: "{intersection}: ưu tiên {preempt} nối tới {link} chưa được khai. Hãy sửa link hoặc khai ưu tiên đó.",
  },
  PREEMPT_LINK_RANK: {
    en: "{intersection}: preempt {preempt} links to {link}, which ranks above it: a train before a fire engine before a bus. Correct link.",
    vi: "{intersection}: ưu tiên {preempt} nối tới {link} có hạng cao hơn: tàu hỏa trước xe cứu hỏa trước xe buýt. Hãy sửa link.",
  },
  PREEMPT_LINK_CIRCLE: {
    en: "{intersection}: preempt {preempt} links to {link}, and from there on in a circle, so that none of them ends. Correct link.",
    vi: "{intersection}: ưu tiên {preempt} nối tới {link} rồi thành vòng tròn nên không ưu tiên nào kết thúc. Hãy sửa link.",
  },
  MONITOR_CHANNEL_TWICE: {
    en: "{intersection}: the monitor's channel {channel} is stated twice. Keep the one that is wired.",
    vi: "{intersection}: kênh {channel} của bộ giám sát được khai hai lần. Hãy giữ kênh đấu dây thực tế.",
  },
  MONITOR_CHANNEL_SHOWS: {
    en: "{intersection}: the monitor's channel {channel} shows {shows}, which the intersection has not. Correct it as it is wired.",
    vi: "{intersection}: kênh {channel} của bộ giám sát hiển thị {shows} mà nút không có. Hãy sửa theo đấu dây thực tế.",
  },
  MONITOR_CHANNEL_UNKNOWN: {
    en: "{intersection}: the monitor permits channel {channel}, which channels does not state. Add it, or correct the pair.",
    vi: "{intersection}: bộ giám sát cho phép kênh {channel} mà channels chưa khai. Hãy thêm kênh hoặc sửa cặp.",
  },
  MONITOR_PHASE_UNSEEN: {
    en: "{intersection}: no channel of the monitor shows phase {phase}, so nobody watches it. State its channel.",
    vi: "{intersection}: không kênh nào của bộ giám sát hiển thị pha {phase} nên không ai giám sát nó. Hãy khai kênh của pha.",
  },
  MONITOR_PERMITS_CONFLICT: {
    en: "{intersection}: the conflict monitor permits channels {a} and {b} ({a_shows}, {b_shows}), which must never be on together. Cut the jumper, or correct the record; nothing is sent until then.",
    vi: "{intersection}: bộ giám sát xung đột cho phép kênh {a} và {b} ({a_shows}, {b_shows}) dù chúng không được cùng bật. Hãy cắt cầu nối hoặc sửa hồ sơ; chưa gửi gì cho đến khi đó.",
  },
  MONITOR_FORBIDS: {
    en: "{intersection}: the conflict monitor forbids channels {a} and {b} ({a_shows}, {b_shows}), which the rings run together: the signal would fall into flash. Set the jumper, or list the conflict.",
    vi: "{intersection}: bộ giám sát xung đột cấm kênh {a} và {b} ({a_shows}, {b_shows}) trong khi các vòng cho chạy cùng: đèn sẽ rơi vào chớp vàng. Hãy đặt cầu nối hoặc khai xung đột.",
  },
  MONITOR_BLIND: {
    en: "{intersection}: the conflict monitor does not check the yellow of channel {channel} ({shows}). Only walk lamps may go unchecked; switch the check on.",
    vi: "{intersection}: bộ giám sát không kiểm tra đèn vàng của kênh {channel} ({shows}). Chỉ đèn đi bộ được bỏ qua; hãy bật kiểm tra.",
  },
  MONITOR_YELLOW: {
    en: "{intersection}: the conflict monitor trips at a yellow of {min_yellow_s} s; {got_s} s is what phase {phase} has. It must be below every yellow, and not under {least_s} s.",
    vi: "{intersection}: bộ giám sát ngắt khi vàng ngắn hơn {min_yellow_s} giây; pha {phase} có {got_s} giây. Giá trị phải thấp hơn mọi đèn vàng và không dưới {least_s} giây.",
  },
  WAIT_LONG: {
    en: "{intersection}: with this plan traffic of phase {phase} waits {got_s} s; at most {most_s} s is allowed. Shorten the cycle.",
    vi: "{intersection}: với phương án này xe của pha {phase} chờ {got_s} giây; tối đa {most_s} giây. Hãy rút ngắn chu kỳ.",
  },
  WALK_WAIT_LONG: {
    en: "{intersection}: with this plan people on foot wait {got_s} s at phase {phase}; at most {most_s} s is allowed. Shorten the cycle.",
    vi: "{intersection}: với phương án này người đi bộ ở pha {phase} chờ {got_s} giây; tối đa {most_s} giây. Hãy rút ngắn chu kỳ.",
  },
  PATTERN_TWICE: {
    en: "{intersection}: pattern {pattern} is stated twice. Keep one.",
    vi: "{intersection}: mẫu {pattern} được khai hai lần. Hãy giữ lại một.",
  },
  DAY_PLAN_TWICE: {
    en: "{intersection}: day plan {day_plan} is stated twice. Keep one.",
    vi: "{intersection}: kế hoạch ngày {day_plan} được khai hai lần. Hãy giữ lại một.",
  },
  DAY_PLAN_ORDER: {
    en: "{intersection}: day plan {day_plan} has {at} after {before}. Put the events in order of time, one for each time.",
    vi: "{intersection}: kế hoạch ngày {day_plan} có {at} sau {before}. Hãy xếp theo giờ, mỗi giờ một mục.",
  },
  DAY_PLAN_START: {
    en: "{intersection}: day plan {day_plan} begins at {at}: what runs before depends on the day before. Begin at 00:00.",
    vi: "{intersection}: kế hoạch ngày {day_plan} bắt đầu lúc {at}: trước đó phụ thuộc ngày hôm trước. Hãy bắt đầu lúc 00:00.",
  },
  DAY_PLAN_PATTERN: {
    en: "{intersection}: day plan {day_plan} names pattern {pattern}, which is not stated. Add it to patterns.",
    vi: "{intersection}: kế hoạch ngày {day_plan} nêu mẫu {pattern} chưa được khai. Hãy thêm vào patterns.",
  },
  DAY_PLAN_UNKNOWN: {
    en: "{intersection}: plan_days names day plan {day_plan}, which is not stated. Add it to day_plans.",
    vi: "{intersection}: plan_days nêu kế hoạch ngày {day_plan} chưa được khai. Hãy thêm vào day_plans.",
  },
  PLAN_DAYS_TWICE: {
    en: "{intersection}: {example} is meant by entry {first} and by entry {second} of plan_days, and makes of controllers differ in which they take. Exclude it from one.",
    vi: "{intersection}: {example} thuộc cả mục {first} và mục {second} của plan_days, mỗi hãng chọn một khác. Hãy loại khỏi một mục.",
  },
  PLAN_DAYS_GAP: {
    en: "{intersection}: no entry of plan_days means {example}, so nothing would run then but what ran before. Add it.",
    vi: "{intersection}: không mục nào của plan_days chứa {example}. Hãy thêm vào.",
  },
  CHANGE_SOON: {
    en: "{intersection}: the plan changed {ago_s} s ago; the next change may come after {wait_s} s, {cycles} cycles. Wait.",
    vi: "{intersection}: phương án vừa đổi cách đây {ago_s} giây; lần đổi sau phải cách {wait_s} giây, tức {cycles} chu kỳ. Hãy chờ.",
  },
  CHANGE_CYCLE: {
    en: "{intersection}: the cycle would go from {from_s} to {to_s} s in one step; at most {most_s} s of change is allowed. Go there in steps.",
    vi: "{intersection}: chu kỳ đổi từ {from_s} sang {to_s} giây trong một bước; tối đa {most_s} giây. Hãy đổi dần.",
  },
  CHANGE_SPLIT: {
    en: "{intersection}: the split of phase {phase} would go from {from_s} to {to_s} s in one step; at most {most_s} s of change is allowed. Go there in steps.",
    vi: "{intersection}: thời lượng pha {phase} đổi từ {from_s} sang {to_s} giây trong một bước; tối đa {most_s} giây. Hãy đổi dần.",
  },
  CHANGE_SERVED: {
    en: "{intersection}: this step would take phase {phase} in or out, which is for an engineer to propose.",
    vi: "{intersection}: bước này thêm hoặc bỏ pha {phase}, việc phải do kỹ sư đề xuất.",
  },
  TRANSITION_NO_ROOM: {
    en: "{intersection}: the offset cannot be reached by {method}: the limits given leave no room. Raise a limit.",
    vi: "{intersection}: không thể đạt độ lệch pha bằng {method}: giới hạn không còn chỗ. Hãy tăng giới hạn.",
  },
  TRANSITION_NO_SLACK: {
    en: "{intersection}: the offset cannot be reached by {method}: no phase on the critical path has more than it needs. Allow another method, or a longer cycle.",
    vi: "{intersection}: không thể đạt độ lệch pha bằng {method}: không pha nào trên đường tới hạn có dư thời gian. Hãy cho phép cách khác hoặc chu kỳ dài hơn.",
  },
  STAGE_PHASE_TWICE: {
    en: "{intersection}: phase {phase} has {count} greens in a cycle of stages; rings give each phase one. Give the second green a phase of its own.",
    vi: "{intersection}: pha {phase} có {count} lần xanh trong một chu kỳ giai đoạn; vòng chỉ cho mỗi pha một lần. Hãy dùng một pha riêng cho lần thứ hai.",
  },
  STAGE_PHASE_ALWAYS: {
    en: "{intersection}: phase {phase} is green in every stage and never ends; rings cannot say that. Take it out of the signal.",
    vi: "{intersection}: pha {phase} xanh trong mọi giai đoạn và không bao giờ kết thúc; vòng không diễn tả được. Hãy bỏ nó khỏi đèn.",
  },
  STAGE_CONFLICT: {
    en: "{intersection}: stages show phases {a} and {b} together, or rings would let them meet; they conflict.",
    vi: "{intersection}: các giai đoạn cho pha {a} và {b} cùng chạy hoặc vòng cho chúng gặp nhau; hai pha xung đột.",
  },
  STAGES_NO_BARRIER: {
    en: "{intersection}: at no change of stages do all phases end, so there is no barrier and no rings. Let all end once in a cycle.",
    vi: "{intersection}: không có lần chuyển giai đoạn nào mà mọi pha cùng kết thúc nên không có rào và vòng. Hãy cho tất cả kết thúc một lần mỗi chu kỳ.",
  },
  STAGE_RING_REST: {
    en: "{intersection}: in stage {stage} a ring has no phase to run while others run. Rings cannot rest between barriers; give a phase that stage too.",
    vi: "{intersection}: ở giai đoạn {stage} có vòng không có pha nào trong khi vòng khác chạy. Hãy cho một pha chạy cả giai đoạn đó.",
  },
  STAGE_RINGS_MANY: {
    en: "{intersection}: stage {stage} runs {count} phases together; a controller has four rings. Join phases that always run together.",
    vi: "{intersection}: giai đoạn {stage} chạy {count} pha cùng lúc; tủ chỉ có bốn vòng. Hãy gộp các pha luôn chạy cùng nhau.",
  },
  STAGE_SPLIT_WHOLE: {
    en: "{intersection}: phase {phase} would get a split of {split_s} s; splits are whole seconds up to 255. Change the stages it runs in.",
    vi: "{intersection}: pha {phase} sẽ có thời lượng {split_s} giây; thời lượng là giây nguyên, tối đa 255. Hãy đổi các giai đoạn của nó.",
  },
} as const;
