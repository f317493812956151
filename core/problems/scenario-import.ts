/** What can be wrong with scenarios of other tools, and what is said of them that nothing comes of (with `count`). */
export const scenarioImportProblems = {
  SCENARIO_XML_DEEP: {
    en: "elements stand more than {most} deep in each other. Export the file anew.",
    vi: "các phần tử lồng nhau quá {most} mức. Hãy xuất lại tệp.",
  },
  SCENARIO_TOO_LARGE: {
    en: "this is too much for the memory at hand ({reason}). Cut out a part of it, or give Node more with NODE_OPTIONS=--max-old-space-size=<MiB>.",
    vi: "dữ liệu quá lớn so với bộ nhớ hiện có ({reason}). Hãy cắt lấy một phần, hoặc cho Node thêm bằng NODE_OPTIONS=--max-old-space-size=<MiB>.",
  },
  SCENARIO_FILE_BOMB: {
    en: "the packed file grows more than {times} times when unpacked, which no network or demand does. Export it anew.",
    vi: "tệp nén phình hơn {times} lần khi giải nén, điều không mạng lưới hay nhu cầu nào có. Hãy xuất lại tệp.",
  },
  SCENARIO_TIME_BAD: {
    en: "{attribute} of <{element}> is “{value}”, which is no time. Write seconds, or hours:minutes:seconds.",
    vi: "{attribute} của <{element}> là “{value}”, không phải thời gian. Hãy ghi số giây, hoặc giờ:phút:giây.",
  },
  SCENARIO_NET_EMPTY: {
    en: "the network has no road. Export it anew.",
    vi: "mạng lưới không có đường nào. Hãy xuất lại.",
  },
  SCENARIO_EDGE_BARE: {
    en: "the edge {edge} has no lane. Give it one, or remove it.",
    vi: "cạnh {edge} không có làn nào. Hãy thêm một làn hoặc xoá cạnh.",
  },
  SCENARIO_LINK_INDEX: {
    en: "a connection has linkIndex {value}; expected a whole number from 0 to 9999. Export the network anew.",
    vi: "một kết nối có linkIndex {value}; cần số nguyên từ 0 đến 9999. Hãy xuất lại mạng lưới.",
  },
  SCENARIO_LANE_WIDTH: {
    en: "lane {id} is {width_m} m wide; expected more than 0 and at most 100. Correct its width.",
    vi: "làn {id} rộng {width_m} m; cần lớn hơn 0 và tối đa 100. Hãy sửa chiều rộng.",
  },
  SCENARIO_STATE_SHORT: {
    en: "a phase of the signal {signal} has a state of {found} characters for {wanted} links. Lengthen it.",
    vi: "một pha của đèn {signal} có trạng thái {found} ký tự cho {wanted} hướng. Hãy bổ sung.",
  },
  SCENARIO_EDGE_INSIDE: {
    en: "{edge} lies inside a junction; a route names the roads between. Leave it out.",
    vi: "{edge} nằm trong nút giao; lộ trình chỉ nêu các đường ở giữa. Hãy bỏ đi.",
  },
  SCENARIO_LANE_UNKNOWN: {
    en: "the network has no lane {lane}. Do the files belong together?",
    vi: "mạng lưới không có làn {lane}. Các tệp có cùng bộ không?",
  },
  SCENARIO_DETECTOR_BESIDE: {
    en: "the detector {id} lies at {at_m} m of a lane {length_m} m long. Correct its position.",
    vi: "bộ dò {id} nằm ở mét {at_m} của làn dài {length_m} m. Hãy sửa vị trí.",
  },
  SCENARIO_DETECTOR_EMPTY: {
    en: "the detector {id} ends before it begins. Correct its positions.",
    vi: "bộ dò {id} kết thúc trước khi bắt đầu. Hãy sửa vị trí.",
  },
  SCENARIO_TYPE_NEGATIVE: {
    en: "vehicle type {type} has {key} {value}; expected 0 or more, and less than 1000. Correct it.",
    vi: "loại xe {type} có {key} là {value}; cần từ 0 trở lên và nhỏ hơn 1000. Hãy sửa.",
  },
  SCENARIO_SHARE_BAD: {
    en: "a part of <{element}> has the probability “{value}”; write a number of 0 or more.",
    vi: "một phần của <{element}> có xác suất “{value}”; hãy ghi số từ 0 trở lên.",
  },
  SCENARIO_SHARES_NONE: {
    en: "<{element}> has nothing to choose from. Give it a part with a probability above 0.",
    vi: "<{element}> không có gì để chọn. Hãy thêm một phần có xác suất lớn hơn 0.",
  },
  SCENARIO_FLOW_PROBABILITY: {
    en: "flow {flow} has the probability {value} a second; expected 0 to 1. Correct it.",
    vi: "luồng {flow} có xác suất {value} mỗi giây; cần từ 0 đến 1. Hãy sửa.",
  },
  SCENARIO_FLOW_BACKWARDS: {
    en: "flow {flow} begins at {begin_s} s and ends at {end_s} s. Exchange them.",
    vi: "luồng {flow} bắt đầu ở {begin_s} s và kết thúc ở {end_s} s. Hãy đổi lại.",
  },
  SCENARIO_TOO_MANY: {
    en: "more than {most} vehicles depart. Cut the time or the flows.",
    vi: "có hơn {most} xe khởi hành. Hãy rút ngắn thời gian hoặc bớt luồng.",
  },
  SCENARIO_STOP_UNKNOWN: {
    en: "a stop is at {place}, which no file names. Name the file with it among the additional files, before the routes.",
    vi: "một điểm dừng ở {place} nhưng không tệp nào khai báo. Hãy thêm tệp khai báo vào additional files, trước các lộ trình.",
  },
  SCENARIO_STOP_OFF_ROUTE: {
    en: "{vehicle} has a stop that its route does not come to, or not in that order. Correct the route or the stops.",
    vi: "{vehicle} có điểm dừng mà lộ trình không đi qua, hoặc không theo thứ tự đó. Hãy sửa lộ trình hoặc điểm dừng.",
  },
  SCENARIO_ROUTE_ENDLESS: {
    en: "a route has more than {most} edges with its repeat. Repeat it less often.",
    vi: "một lộ trình có hơn {most} cạnh khi lặp lại. Hãy giảm số lần lặp.",
  },
  SCENARIO_JUNCTIONS: {
    en: "{element} {id} goes between junctions, not edges or zones. Route it first, with duarouter.",
    vi: "{element} {id} đi giữa các nút, không phải cạnh hay vùng. Hãy định tuyến trước bằng duarouter.",
  },
  SCENARIO_ZONE_UNKNOWN: {
    en: "{element} {id} names the zone {zone}, which no file defines before. Name the file with its <taz> among the additional files.",
    vi: "{element} {id} nêu vùng {zone} chưa tệp nào định nghĩa trước đó. Hãy thêm tệp có <taz> này vào additional files.",
  },
  SCENARIO_ZONE_EMPTY: {
    en: "{element} {id} cannot use the zone {zone}: it has no edge for that end of a trip. Give its <taz> edges, or a tazSource and a tazSink.",
    vi: "{element} {id} không dùng được vùng {zone}: vùng không có cạnh cho đầu đó của chuyến đi. Hãy cho <taz> các edges, hoặc tazSource và tazSink.",
  },
  SCENARIO_WITHOUT_ROUTE: {
    en: "{element} {id} has neither a route nor from and to. Give it one.",
    vi: "{element} {id} không có lộ trình, cũng không có from và to. Hãy thêm vào.",
  },
  SCENARIO_NAME_TWICE: {
    en: "the {element} has the name {id}, which was given before: nobody could tell the two apart. Give it another.",
    vi: "{element} mang tên {id} đã được đặt trước đó: không thể phân biệt hai bên. Hãy đặt tên khác.",
  },
  SCENARIO_DEPART_EARLY: {
    en: "{vehicle} departs at {depart_s} s, before the clock begins at 0. Correct the time.",
    vi: "{vehicle} khởi hành lúc {depart_s} s, trước khi đồng hồ bắt đầu ở 0. Hãy sửa thời điểm.",
  },
  SCENARIO_DEPART_LANE: {
    en: "{vehicle} departs on lane {lane} of the edge {edge}, which has {count}, counted from 0, or does not let it drive there. Correct its departLane.",
    vi: "{vehicle} khởi hành ở làn {lane} của cạnh {edge}, cạnh này có {count} làn, tính từ 0, hoặc làn đó không cho xe này chạy. Hãy sửa departLane.",
  },
  SCENARIO_DEPART_BACKWARDS: {
    en: "{vehicle} departs at {speed} m/s; a speed is 0 or more. Correct its departSpeed.",
    vi: "{vehicle} khởi hành với {speed} m/s; tốc độ phải từ 0 trở lên. Hãy sửa departSpeed.",
  },
  SCENARIO_DEPART_SPEED: {
    en: "{vehicle} departs at {speed} m/s, and vehicles of the type {type} drive at most {most}. Correct its departSpeed.",
    vi: "{vehicle} khởi hành với {speed} m/s, trong khi xe loại {type} chạy tối đa {most}. Hãy sửa departSpeed.",
  },
  SCENARIO_DEPART_SPEED_EDGE: {
    en: "{vehicle} departs at {speed} m/s on the edge {edge}, where everybody of its type drives at most {most}. Correct its departSpeed, or give the type a speedDev.",
    vi: "{vehicle} khởi hành với {speed} m/s trên cạnh {edge}, nơi mọi xe cùng loại chạy tối đa {most}. Hãy sửa departSpeed, hoặc cho loại xe một speedDev.",
  },
  SCENARIO_DEPART_POSITION: {
    en: "a departPos lies beyond the edge ({count} in all): the vehicle departs at the edge's end, as in SUMO. Correct it.",
    vi: "một departPos nằm ngoài cạnh (tổng cộng {count}): xe khởi hành ở cuối cạnh, như SUMO. Hãy sửa.",
  },
  SCENARIO_DEPART_FAST: {
    en: "a departSpeed is above what its drivers like there ({count} in all): whoever departs so likes to drive so much faster on every road, as in SUMO.",
    vi: "một departSpeed cao hơn mức người lái muốn ở đó (tổng cộng {count}): xe khởi hành như vậy sẽ muốn chạy nhanh hơn tương ứng trên mọi đường, như SUMO.",
  },
  SCENARIO_JSON_BROKEN: {
    en: "this is no well-formed JSON: {reason}. Export the file anew; it may have been cut off.",
    vi: "tệp không phải JSON hợp lệ: {reason}. Hãy xuất lại tệp; có thể tệp bị cắt cụt.",
  },
  CITYFLOW_LANE_UNKNOWN: {
    en: "the intersection {intersection} leads over lane {lane} of the road {road}, which is not there. Correct its laneLinks.",
    vi: "nút {intersection} dẫn qua làn {lane} của đường {road} không tồn tại. Hãy sửa laneLinks.",
  },
  CITYFLOW_ROAD_UNKNOWN: {
    en: "flow {flow} drives along {road}, which the network has not. Do the files belong together?",
    vi: "luồng {flow} đi qua {road} không có trong mạng lưới. Các tệp có cùng bộ không?",
  },
  CITYFLOW_PAIR: {
    en: "{path} holds {nets} CityFlow road networks and {flows} flow files; a scenario has one of each. Leave one, or name the flow file.",
    vi: "{path} có {nets} mạng lưới và {flows} tệp luồng CityFlow; một kịch bản chỉ có mỗi loại một tệp. Hãy để lại một, hoặc nêu tên tệp luồng.",
  },
  SITE_NO_VOLUMES: {
    en: "the site states no volumes for whole approaches, so nobody would drive. Add volumes for their lanes.",
    vi: "tệp điểm không nêu lưu lượng cho trọn nhánh nào nên không có xe chạy. Hãy thêm volumes cho các làn.",
  },
  COUNTS_HEADING: {
    en: "the first line must name the columns: from, to and count, or lane and count. Add it.",
    vi: "dòng đầu phải nêu tên cột: from, to và count, hoặc lane và count. Hãy thêm vào.",
  },
  COUNTS_NUMBER: {
    en: "“{found}” is no count; write a number from 0 to a million.",
    vi: "“{found}” không phải số đếm; hãy ghi số từ 0 đến một triệu.",
  },
  COUNTS_NO_MOVEMENT: {
    en: "no lane leads from {from} straight into {to}. Count between neighbouring edges.",
    vi: "không có làn nào dẫn thẳng từ {from} vào {to}. Hãy đếm giữa các cạnh liền kề.",
  },
  COUNTS_ENGINE: {
    en: "--counts makes a demand for our own engine; SUMO drives its own files. Leave out --engine sumo.",
    vi: "--counts tạo nhu cầu cho bộ mô phỏng của chúng ta; SUMO chạy tệp riêng. Hãy bỏ --engine sumo.",
  },
  COUNTS_TIME: {
    en: "the count begins at {begin_s} s and ends at {end_s} s; the end must come later. Correct it.",
    vi: "số đếm bắt đầu ở {begin_s} s và kết thúc ở {end_s} s; kết thúc phải sau. Hãy sửa.",
  },
  COUNTS_TOO_MANY: {
    en: "the file has more than {most} lines. Cut out the time that is wanted.",
    vi: "tệp có hơn {most} dòng. Hãy cắt lấy khoảng thời gian cần.",
  },
  COUNTS_NONE: {
    en: "nothing can be made of these counts: no movement and no whole group of lanes was counted. Add some.",
    vi: "không dùng được các số đếm này: chưa đếm hướng nào hay đủ nhóm làn nào. Hãy bổ sung.",
  },
  COUNTS_LANES_LEFT_OUT: {
    en: "the counts of {lanes} were left out: a lane beside that leads the same way was not counted.",
    vi: "đã bỏ qua số đếm của {lanes}: một làn bên cạnh cùng hướng chưa được đếm.",
  },
  COUNTS_NOT_REACHED: {
    en: "at {where} {counted} were counted, and plausible ways give {modelled} (GEH {geh}). Check this count against its neighbours.",
    vi: "tại {where} đếm được {counted}, nhưng các tuyến hợp lý chỉ cho {modelled} (GEH {geh}). Hãy đối chiếu với các số đếm lân cận.",
  },
  SCENARIO_ELEMENT_UNKNOWN: {
    en: "<{element}> is nothing that is known here and was passed over ({count} in all). Check its spelling.",
    vi: "không biết phần tử <{element}> nên đã bỏ qua (tổng cộng {count}). Hãy kiểm tra chính tả.",
  },
  SCENARIO_MODEL_LEFT_OUT: {
    en: "{attribute}=“{found}” of <{element}> was left out ({count} in all): {instead}.",
    vi: "{attribute}=“{found}” của <{element}> đã bị bỏ qua (tổng cộng {count}): {instead}.",
  },
  SCENARIO_ELEMENT_LEFT_OUT: {
    en: "<{element}> was left out ({count} in all): SUMO acts on it, our engine does not.",
    vi: "<{element}> đã bị bỏ qua (tổng cộng {count}): SUMO xử lý phần tử này, bộ mô phỏng của chúng ta thì không.",
  },
  SCENARIO_PEOPLE_LEFT_OUT: {
    en: "<{element}> was left out ({count} in all): people walk here from edge to edge; nobody rides, waits for a vehicle or is carried.",
    vi: "<{element}> đã bị bỏ qua (tổng cộng {count}): ở đây người chỉ đi bộ từ cạnh đến cạnh; không ai đi xe, chờ xe hay được chở.",
  },
  SCENARIO_WALK_LEFT_OUT: {
    en: "somebody was left out ({count} in all): no sidewalk, corner or crossing leads where he wants to walk. Let netconvert make sidewalks and crossings, or correct the walk.",
    vi: "một người đi bộ đã bị bỏ qua (tổng cộng {count}): không có vỉa hè, góc phố hay lối sang đường dẫn tới đó. Hãy để netconvert tạo vỉa hè và lối sang đường, hoặc sửa lượt đi.",
  },
  SCENARIO_TRIGGERED_LEFT_OUT: {
    en: "a vehicle waits for a person or another vehicle to depart, and was left out ({count} in all).",
    vi: "một xe chờ người hoặc xe khác mới khởi hành nên đã bị bỏ qua (tổng cộng {count}).",
  },
  SCENARIO_STOP_LEFT_OUT: {
    en: "a stop on the way was left out ({count} in all): it has no lane or neither duration nor until, or it waits for somebody.",
    vi: "một điểm dừng trên đường đã bị bỏ qua (tổng cộng {count}): thiếu làn, thiếu cả duration lẫn until, hoặc chờ ai đó.",
  },
  SCENARIO_UNSORTED: {
    en: "a departure is earlier than one above it ({count} in all). They were put in order; SUMO would leave some out.",
    vi: "một lượt khởi hành sớm hơn lượt phía trên (tổng cộng {count}). Đã sắp xếp lại; SUMO sẽ bỏ bớt.",
  },
} as const;
