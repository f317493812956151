/** What can be wrong with roads and demand that a simulation is to run on. */
export const scenarioProblems = {
  SCENARIO_XML_BROKEN: {
    en: "this is no well-formed XML: {reason}. Export the file anew; it may have been cut off.",
    vi: "tệp không phải XML hợp lệ: {reason}. Hãy xuất lại tệp; có thể tệp bị cắt cụt.",
  },
  SCENARIO_XML_OTHER: {
    en: "the file begins with <{found}>, expected <{wanted}>. Is it another kind of file?",
    vi: "tệp bắt đầu bằng <{found}>, cần <{wanted}>. Có phải tệp loại khác không?",
  },
  SCENARIO_ATTRIBUTE_MISSING: {
    en: "<{element}> has no {attribute}. Add it.",
    vi: "<{element}> thiếu {attribute}. Hãy thêm vào.",
  },
  SCENARIO_NUMBER_BAD: {
    en: "{attribute} of <{element}> is “{value}”, which is no number. Write a number.",
    vi: "{attribute} của <{element}> là “{value}”, không phải số. Hãy ghi một số.",
  },
  SCENARIO_TWICE: {
    en: "the {element} {id} stands twice in the file. Remove one.",
    vi: "{element} {id} xuất hiện hai lần trong tệp. Hãy xoá một.",
  },
  SCENARIO_LANE_LENGTH: {
    en: "lane {id} is {length_m} m long; a lane is longer than 0 and at most 1,000 km. Correct its length.",
    vi: "làn {id} dài {length_m} m; làn phải dài hơn 0 và tối đa 1.000 km. Hãy sửa chiều dài.",
  },
  SCENARIO_LANE_SPEED: {
    en: "lane {id} allows {speed_m_s} m/s; expected more than 0 and at most 200. Correct its speed.",
    vi: "làn {id} cho phép {speed_m_s} m/s; cần lớn hơn 0 và tối đa 200. Hãy sửa tốc độ.",
  },
  SCENARIO_REQUEST_ALONE: {
    en: "a <request> stands outside any <junction>. Export the network anew.",
    vi: "<request> nằm ngoài <junction>. Hãy xuất lại mạng lưới.",
  },
  SCENARIO_CONNECTION_NOWHERE: {
    en: "a connection names {lane}, which the network has not. Export the network anew.",
    vi: "một kết nối nhắc đến {lane} không có trong mạng lưới. Hãy xuất lại mạng lưới.",
  },
  SCENARIO_SIGNAL_STATE: {
    en: "a signal state holds “{found}”; known are r u y Y g G s o O. Correct it.",
    vi: "trạng thái đèn có “{found}”; các ký tự hợp lệ là r u y Y g G s o O. Hãy sửa.",
  },
  SCENARIO_PHASE_LENGTH: {
    en: "a phase lasts {duration_s} s; it must be longer than 0. Correct its duration.",
    vi: "một pha dài {duration_s} s; phải lớn hơn 0. Hãy sửa thời lượng.",
  },
  SCENARIO_CLASS: {
    en: "the vehicle class “{found}” is not known. Use one of SUMO's, such as passenger or motorcycle.",
    vi: "không biết lớp xe “{found}”. Hãy dùng một lớp của SUMO như passenger hoặc motorcycle.",
  },
  SCENARIO_SPEED_FACTOR: {
    en: "speedFactor is “{found}”; write a number, or normc(mean,deviation,least,most).",
    vi: "speedFactor là “{found}”; hãy ghi một số hoặc normc(mean,deviation,least,most).",
  },
  SCENARIO_TYPE_VALUE: {
    en: "vehicle type {type} has {key} {value}; expected more than 0 and less than 1000. Correct it.",
    vi: "loại xe {type} có {key} là {value}; cần lớn hơn 0 và nhỏ hơn 1000. Hãy sửa.",
  },
  SCENARIO_TYPE_UNKNOWN: {
    en: "the vehicle type {type} is defined nowhere before. Define it with <vType>.",
    vi: "loại xe {type} chưa được định nghĩa trước đó. Hãy định nghĩa bằng <vType>.",
  },
  SCENARIO_ROUTE_EMPTY: {
    en: "a route has no edges. Give it at least one.",
    vi: "một lộ trình không có cạnh nào. Hãy cho ít nhất một cạnh.",
  },
  SCENARIO_ROUTE_UNKNOWN: {
    en: "the route {route} is defined nowhere before. Define it with <route>.",
    vi: "lộ trình {route} chưa được định nghĩa trước đó. Hãy định nghĩa bằng <route>.",
  },
  SCENARIO_ROUTE_BROKEN: {
    en: "vehicle {vehicle} cannot drive from {from} to {to}: no lane for it leads there. Correct its route.",
    vi: "xe {vehicle} không thể đi từ {from} đến {to}: không có làn nào dẫn tới. Hãy sửa lộ trình.",
  },
  SCENARIO_EDGE_UNKNOWN: {
    en: "the network has no edge {edge}. Do routes and network belong together?",
    vi: "mạng lưới không có cạnh {edge}. Lộ trình và mạng lưới có cùng bộ không?",
  },
  SCENARIO_NO_WAY: {
    en: "no way leads from {from} to {to} for {vehicle}. Correct the trip or the network.",
    vi: "không có đường từ {from} đến {to} cho {vehicle}. Hãy sửa chuyến đi hoặc mạng lưới.",
  },
  SCENARIO_FLOW_RATE: {
    en: "flow {flow} says neither how often nor how many. Give period, vehsPerHour, or number and end.",
    vi: "luồng {flow} không nói tần suất hay số lượng. Hãy ghi period, vehsPerHour, hoặc number và end.",
  },
  SCENARIO_FLOW_ENDLESS: {
    en: "flow {flow} never ends, or has over five million vehicles. Give it an end.",
    vi: "luồng {flow} không kết thúc hoặc có hơn năm triệu xe. Hãy ghi end.",
  },
  SCENARIO_NOT_THERE: {
    en: "{path} is not there. Name a .sumocfg, or a folder with a .net.xml and its .rou.xml.",
    vi: "không có {path}. Hãy nêu một tệp .sumocfg, hoặc thư mục có .net.xml và .rou.xml.",
  },
  SCENARIO_KIND: {
    en: "{path} is no scenario. Name a .sumocfg, or a folder with a .net.xml and its .rou.xml.",
    vi: "{path} không phải kịch bản. Hãy nêu một tệp .sumocfg, hoặc thư mục có .net.xml và .rou.xml.",
  },
  SCENARIO_NET_COUNT: {
    en: "{path} names {count} networks; a scenario has one. Leave one .net.xml.",
    vi: "{path} có {count} mạng lưới; một kịch bản chỉ có một. Hãy để lại một .net.xml.",
  },
  SCENARIO_NO_DEMAND: {
    en: "{path} has a network but no demand. Put a .rou.xml beside it.",
    vi: "{path} có mạng lưới nhưng không có nhu cầu đi lại. Hãy đặt một .rou.xml bên cạnh.",
  },
  SCENARIO_FILE_UNREADABLE: {
    en: "the file cannot be read: {reason}. Check its name and permissions.",
    vi: "không đọc được tệp: {reason}. Hãy kiểm tra tên và quyền truy cập.",
  },
  SCENARIO_SIGNAL_UNKNOWN: {
    en: "the plan is for the signal {signal}, which the network has not. Does it belong to another network?",
    vi: "kế hoạch dành cho đèn {signal} không có trong mạng lưới. Có phải của mạng lưới khác không?",
  },
  SIMULATION_PROCESS_ENDED: {
    en: "a simulating process ended before it was done: {reason}. Try fewer vehicles, or report this.",
    vi: "một tiến trình mô phỏng kết thúc giữa chừng: {reason}. Hãy thử ít xe hơn hoặc báo lỗi.",
  },
  SIMULATE_SEEDS: {
    en: "--seeds is “{found}”; write one whole number or a span such as 101..120, at most 1000 seeds.",
    vi: "--seeds là “{found}”; hãy ghi một số nguyên hoặc khoảng như 101..120, tối đa 1000.",
  },
  SIMULATE_TIME: {
    en: "--{option} is “{found}”; write seconds, with begin before end and at most ten days between. Without options this scenario goes from {from_s} to {to_s}.",
    vi: "--{option} là “{found}”; hãy ghi số giây, bắt đầu trước kết thúc và cách nhau tối đa mười ngày. Khi không có tùy chọn, kịch bản này chạy từ {from_s} đến {to_s}.",
  },
  SIMULATE_CHOICE: {
    en: "--{option} is “{found}”; choose one of {names}.",
    vi: "--{option} là “{found}”; hãy chọn một trong: {names}.",
  },
  SIMULATE_NUMBER: {
    en: "--{option} is “{found}”; write {wanted}.",
    vi: "--{option} là “{found}”; hãy ghi {wanted}.",
  },
  SIMULATE_CONTROL: {
    en: "--{option} does nothing under --controller {controller}: no policy decides there. Use --controller adaptive.",
    vi: "--{option} không có tác dụng với --controller {controller}: ở đó không có chính sách nào quyết định. Hãy dùng --controller adaptive.",
  },
  SIMULATE_CLEARANCES_IDLE: {
    en: "--clearances changes nothing under --controller {controller}: its programs run with their own yellow and all-red.",
    vi: "--clearances không thay đổi gì với --controller {controller}: chương trình đèn chạy với vàng và đỏ toàn bộ của chính nó.",
  },
  SIMULATE_NOBODY: {
    en: "no vehicle was due from {from_s} to {to_s} s, so all figures are 0. Check the departures of the demand, or --begin and --end.",
    vi: "không có xe nào khởi hành từ {from_s} đến {to_s} s nên mọi số liệu đều bằng 0. Hãy kiểm tra thời điểm khởi hành, hoặc --begin và --end.",
  },
  SIMULATE_CONTROL_THROUGH: {
    en: "--{option} is not there with --through {through}: controllers are led without it. Leave one of the two out.",
    vi: "--{option} không dùng được với --through {through}: bộ điều khiển được dẫn mà không có nó. Hãy bỏ một trong hai.",
  },
  SIMULATE_COUNTERFACTUAL_ENGINE: {
    en: "--counterfactual is driven on our own engine alone. Leave out --engine sumo.",
    vi: "--counterfactual chỉ chạy trên bộ mô phỏng của chúng tôi. Hãy bỏ --engine sumo.",
  },
  SIMULATE_SIGNAL: {
    en: "the scenario has no signal “{signal}”; it has {known}.",
    vi: "kịch bản không có đèn “{signal}”; có {known}.",
  },
  SIMULATE_NOT_YET: {
    en: "{what} is not there yet. Leave it out.",
    vi: "{what} chưa có. Hãy bỏ đi.",
  },
  SIMULATE_PLAN_KIND: {
    en: "the signal {signal} has a {type} program; our engine runs static and actuated ones. Use --engine sumo, or another --plan.",
    vi: "đèn {signal} có chương trình {type}; bộ mô phỏng này chỉ chạy static và actuated. Hãy dùng --engine sumo hoặc --plan khác.",
  },
  THROUGH_POLICY: {
    en: "--through leads devices by a policy; {controller} is none. Use --controller adaptive, index or max-pressure, or leave --through out.",
    vi: "--through điều khiển thiết bị theo một chính sách; {controller} không phải chính sách. Hãy dùng --controller adaptive, index hoặc max-pressure, hoặc bỏ --through.",
  },
  THROUGH_ALONE: {
    en: "--{option} does not go with --through: devices keep their own clearances, and are led with full sight and without priority. Leave one of the two out.",
    vi: "--{option} không đi cùng --through: thiết bị giữ khoảng dọn của mình, được điều khiển với tầm nhìn đầy đủ và không ưu tiên. Hãy bỏ một trong hai.",
  },
  THROUGH_SITE: {
    en: "--through needs a site file and our own engine: only a site says how its devices are set up. {scenario} is none, or another engine was asked for.",
    vi: "--through cần tệp điểm điều khiển và bộ mô phỏng riêng: chỉ tệp đó nêu cách cài thiết bị. {scenario} không phải, hoặc đã chọn bộ mô phỏng khác.",
  },
} as const;
