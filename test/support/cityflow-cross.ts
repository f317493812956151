/** A crossroads of two single-lane roads as CityFlow writes it, with a straight and a left way from each side. */
const reach = 200;
const sides = [
  { name: "w", x: -1, y: 0 },
  { name: "s", x: 0, y: -1 },
  { name: "e", x: 1, y: 0 },
  { name: "n", x: 0, y: 1 },
] as const;

const lanes = [{ width: 4, maxSpeed: 11.111 }];
const middle = { x: 0, y: 0 };

const roads = sides.flatMap(({ name, x, y }) => {
  const outside = { x: x * reach, y: y * reach };
  return [
    { id: `in_${name}`, points: [outside, middle], lanes, startIntersection: `end_${name}`, endIntersection: "cross" },
    { id: `out_${name}`, points: [middle, outside], lanes, startIntersection: "cross", endIntersection: `end_${name}` },
  ];
});

const roadLink = (type: string, from: string, to: string) => ({
  type,
  startRoad: `in_${from}`,
  endRoad: `out_${to}`,
  laneLinks: [{ startLaneIndex: 0, endLaneIndex: 0 }],
});

/** From west, south, east, north; those that turn left from the west end in the north. */
const roadLinks = [
  roadLink("go_straight", "w", "e"),
  roadLink("turn_left", "w", "n"),
  roadLink("go_straight", "s", "n"),
  roadLink("turn_left", "s", "w"),
  roadLink("go_straight", "e", "w"),
  roadLink("turn_left", "e", "s"),
  roadLink("go_straight", "n", "s"),
  roadLink("turn_left", "n", "e"),
];

export const crossRoadnet = {
  intersections: [
    {
      id: "cross",
      point: middle,
      width: 10,
      virtual: false,
      roadLinks,
      trafficLight: {
        lightphases: [
          { time: 30, availableRoadLinks: [0, 1, 4, 5] },
          { time: 5, availableRoadLinks: [] },
          { time: 30, availableRoadLinks: [2, 3, 6, 7] },
          { time: 5, availableRoadLinks: [] },
        ],
      },
    },
    ...sides.map(({ name, x, y }) => ({ id: `end_${name}`, point: { x: x * reach, y: y * reach }, virtual: true })),
  ],
  roads,
};

const vehicle = {
  length: 5,
  width: 2,
  maxPosAcc: 2,
  maxNegAcc: 4.5,
  usualPosAcc: 2,
  usualNegAcc: 4.5,
  minGap: 2.5,
  maxSpeed: 11.111,
  headwayTime: 2,
};

export const crossFlow = [
  { vehicle, route: ["in_w", "out_e"], interval: 6, startTime: 0, endTime: 300 },
  { vehicle, route: ["in_n", "out_e"], interval: 30, startTime: 10, endTime: 300 },
];
