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
  BANDS_EMPTY: {
    en: "the file holds no street. Write one as docs/reference/timing.md shows.",
    vi: "tệp không có tuyến đường nào. Hãy ghi một tuyến như docs/reference/timing.md.",
  },
  BANDS_SIGNAL_COUNT: {
    en: "{list} has {got} values for {signals} signals; it needs {need}. Give one for each signal.",
    vi: "{list} có {got} giá trị cho {signals} đèn; cần {need}. Hãy cho mỗi đèn một giá trị.",
  },
  BANDS_LINK_COUNT: {
    en: "{list} has {got} values; between {signals} signals there are {need} links. Give one for each link.",
    vi: "{list} có {got} giá trị; giữa {signals} đèn có {need} đoạn đường. Hãy cho mỗi đoạn một giá trị.",
  },
  BANDS_POSITIONS_BACK: {
    en: "positions_m runs back: signal {number} stands at {position_m} m, the one before it at {before_m} m. List the signals in outbound order.",
    vi: "positions_m đi lùi: đèn {number} ở {position_m} m, đèn trước ở {before_m} m. Hãy liệt kê đèn theo chiều đi.",
  },
  BANDS_GREEN_LONG: {
    en: "the green of signal {number} is {green_s} s but can be {room_s} s at most. Shorten it, or lengthen the cycle.",
    vi: "xanh của đèn {number} là {green_s} giây nhưng chỉ có thể tối đa {room_s} giây. Hãy rút ngắn, hoặc kéo dài chu kỳ.",
  },
  BANDS_LEFT_LONG: {
    en: "the left turn of signal {number} takes {left_s} s but can take {room_s} s at most, the whole cycle there. Shorten it, or lengthen the cycle.",
    vi: "rẽ trái của đèn {number} mất {left_s} giây nhưng chỉ có thể tối đa {room_s} giây, cả chu kỳ ở đó. Hãy rút ngắn, hoặc kéo dài chu kỳ.",
  },
  BANDS_LEFT_TWICE: {
    en: "start_in_s gives the order of left turns, left_out_s and left_in_s leave it open. Keep one of the two ways.",
    vi: "start_in_s đã định thứ tự rẽ trái, còn left_out_s và left_in_s để mở. Hãy giữ một trong hai cách.",
  },
  BANDS_LEFT_HALF: {
    en: "left turns need both left_out_s and left_in_s; write 0 where a signal has none. Add the one that is missing.",
    vi: "rẽ trái cần cả left_out_s và left_in_s; ghi 0 ở đèn không có. Hãy thêm phần còn thiếu.",
  },
  BANDS_CYCLE_RANGE: {
    en: "cycle_range_s runs from {from_s} s down to {to_s} s. Write the shorter cycle first.",
    vi: "cycle_range_s đi từ {from_s} giây xuống {to_s} giây. Hãy ghi chu kỳ ngắn hơn trước.",
  },
  BANDS_CYCLES_MANY: {
    en: "cycle_range_s holds {count} cycles; for {signals} signals at most {most} are looked through. Narrow the range.",
    vi: "cycle_range_s có {count} chu kỳ; với {signals} đèn chỉ xét tối đa {most}. Hãy thu hẹp khoảng.",
  },
  BANDS_LINK_WEIGHTS_HALF: {
    en: "a band for each link needs both link_weight_out and link_weight_in. Add the one that is missing.",
    vi: "dải xanh cho từng đoạn cần cả link_weight_out và link_weight_in. Hãy thêm phần còn thiếu.",
  },
  BANDS_NO_WEIGHT: {
    en: "weight_out and weight_in are both 0, so no band is worth anything. Give one of them a weight.",
    vi: "weight_out và weight_in đều bằng 0 nên không dải xanh nào có giá trị. Hãy cho một trong hai trọng số.",
  },
  BANDS_SOLVER: {
    en: "--solver is “{found}”; write auto or highs.",
    vi: "--solver là “{found}”; hãy ghi auto hoặc highs.",
  },
  BANDS_NO_LINE: {
    en: "no speeds and offsets let a vehicle meet green at every signal both ways within {limit_s} s of search. Widen the ranges, or search longer with --limit.",
    vi: "không có tốc độ và độ lệch pha nào cho xe gặp xanh ở mọi đèn cả hai chiều trong {limit_s} giây tìm kiếm. Hãy nới rộng các khoảng hoặc tìm lâu hơn bằng --limit.",
  },
  BANDS_UNPROVED: {
    en: "the bands found do not measure as they should ({computed_s} s computed, {measured_s} s driven). Please report this file.",
    vi: "dải xanh tìm được không khớp khi đo ({computed_s} giây tính, {measured_s} giây chạy thử). Hãy báo tệp này.",
  },
  PICTURE_UNWRITABLE: {
    en: "{file} cannot be written: {reason}. Check the folder and its permissions.",
    vi: "Không ghi được {file}: {reason}. Hãy kiểm tra thư mục và quyền truy cập.",
  },
  DIAGRAM_OUT: {
    en: "--out is “{found}”; name a file that ends in .svg or .png.",
    vi: "--out là “{found}”; hãy nêu một tệp có đuôi .svg hoặc .png.",
  },
  DIAGRAM_GOAL: {
    en: "--goal is “{found}”; write max_sum or max_equal.",
    vi: "--goal là “{found}”; hãy ghi max_sum hoặc max_equal.",
  },
  DIAGRAM_LANGUAGE: {
    en: "--language is “{found}”; write en or vi.",
    vi: "--language là “{found}”; hãy ghi en hoặc vi.",
  },
  DIAGRAM_CORRIDOR: {
    en: "{file} has {count} corridors ({known}). Name one with --corridor.",
    vi: "{file} có {count} tuyến ({known}). Hãy nêu một tuyến bằng --corridor.",
  },
  DIAGRAM_NEEDS_SITE: {
    en: "{file} holds plans, which do not say where the signals stand. Name the site file with --site.",
    vi: "{file} chứa phương án, không nói đèn ở đâu. Hãy nêu tệp cấu hình bằng --site.",
  },
  DIAGRAM_PLAN_MISSING: {
    en: "corridor {corridor} has no plan for {intersection} in {file}. Draw the plans of the whole corridor.",
    vi: "tuyến {corridor} không có phương án cho {intersection} trong {file}. Hãy vẽ phương án của cả tuyến.",
  },
  DIAGRAM_CYCLES: {
    en: "the plans of corridor {corridor} have cycles of {cycles} s; bands need one cycle for all.",
    vi: "các phương án của tuyến {corridor} có chu kỳ {cycles} giây; làn sóng xanh cần một chu kỳ chung.",
  },
} as const;
