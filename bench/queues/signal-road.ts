/** A straight road with one signal, as SUMO writes it: lanes of any number and width, red for so long, then green. */

export interface SignalRoad {
  readonly lanes: number;
  readonly laneWidth_m: number;
  readonly red_s: number;
  readonly green_s: number;
}

const before_m = 600;
const inside_m = 15;
const after_m = 300;

export function signalRoadXml({ lanes, laneWidth_m, red_s, green_s }: SignalRoad): string {
  const numbers = Array.from({ length: lanes }, (_, lane) => lane);
  const edge = (id: string, from_m: number, long_m: number, more: string): string => {
    const inner = numbers.map((lane) => {
      const y = (-(lanes - lane - 0.5) * laneWidth_m).toFixed(2);
      const shape = `${from_m},${y} ${from_m + long_m},${y}`;
      return `<lane id="${id}_${lane}" index="${lane}" speed="13.89" length="${long_m}" width="${laneWidth_m}" shape="${shape}"/>`;
    });
    return `<edge id="${id}" ${more}>${inner.join("")}</edge>`;
  };
  const all = (letter: string): string => letter.repeat(lanes);
  return [
    "<net>",
    edge(":c_0", before_m, inside_m, 'function="internal"'),
    edge("in", 0, before_m, 'from="a" to="c" priority="1"'),
    edge("out", before_m + inside_m, after_m, 'from="c" to="b" priority="1"'),
    '<tlLogic id="c" type="static" programID="0" offset="0">',
    `<phase duration="${red_s}" state="${all("r")}"/><phase duration="${green_s}" state="${all("G")}"/></tlLogic>`,
    `<junction id="a" type="dead_end" x="0" y="0" incLanes="" intLanes="" shape="0,0 0,1"/>`,
    `<junction id="b" type="dead_end" x="915" y="0" incLanes="${numbers.map((lane) => `out_${lane}`).join(" ")}" intLanes="" shape="0,0 0,1"/>`,
    `<junction id="c" type="traffic_light" x="600" y="0" incLanes="${numbers.map((lane) => `in_${lane}`).join(" ")}" intLanes="${numbers.map((lane) => `:c_0_${lane}`).join(" ")}" shape="0,0 0,1">`,
    ...numbers.map(
      (lane) => `<request index="${lane}" response="${"0".repeat(lanes)}" foes="${"0".repeat(lanes)}" cont="0"/>`,
    ),
    "</junction>",
    ...numbers.map(
      (lane) =>
        `<connection from="in" to="out" fromLane="${lane}" toLane="${lane}" via=":c_0_${lane}" tl="c" linkIndex="${lane}" dir="s" state="O"/>`,
    ),
    ...numbers.map(
      (lane) => `<connection from=":c_0" to="out" fromLane="${lane}" toLane="${lane}" dir="s" state="M"/>`,
    ),
    "</net>",
  ].join("\n");
}
