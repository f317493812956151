/** A camera behind a cable, with everything that can go wrong between it and us. */
import { execFileSync } from "node:child_process";
import { join } from "node:path";
import { type FaultProxy, type Garbler, startFaultProxy } from "./fault-proxy.ts";
import { type RtspServer, startRtspServer } from "./rtsp-server.ts";
import type { Seeded } from "./seeded.ts";
import type { SmallDisk } from "./small-disk.ts";

export interface Films {
  readonly h264: string;
  readonly h265: string;
  /** H.264 of another size. */
  readonly wide: string;
}

const pictureInterval_ms = 250;

/** Small pictures of a moving test card, four a second, a keyframe every second. */
export function makeFilms(folder: string): Films {
  const film = (name: string, size: string, coding: readonly string[]): string => {
    const file = join(folder, name);
    const card = ["-f", "lavfi", "-i", `testsrc2=size=${size}:rate=${1000 / pictureInterval_ms}`, "-t", "8"];
    execFileSync("ffmpeg", ["-nostdin", "-v", "error", ...card, "-pix_fmt", "yuv420p", ...coding, file]);
    return file;
  };
  const h264 = ["-c:v", "libx264", "-preset", "ultrafast", "-g", "4", "-sc_threshold", "0"];
  const h265 = [
    "-c:v",
    "libx265",
    "-preset",
    "ultrafast",
    "-x265-params",
    "keyint=4:scenecut=0:bframes=0:log-level=none",
  ];
  return {
    h264: film("h264.mp4", "320x180", h264),
    h265: film("h265.mp4", "320x180", h265),
    wide: film("wide.mp4", "480x270", h264),
  };
}

const user = "viewer";
const password = "a right word";

export class FaultyCamera {
  readonly films: Films;
  readonly server: RtspServer;
  readonly cable: FaultProxy;
  /** What its recordings are on; null where a disk of our own cannot be made. */
  readonly disk: SmallDisk | null;
  #playing: keyof Films = "h264";

  private constructor(films: Films, server: RtspServer, cable: FaultProxy, disk: SmallDisk | null) {
    this.films = films;
    this.disk = disk;
    this.server = server;
    this.cable = cable;
  }

  static async start(films: Films, disk: SmallDisk | null): Promise<FaultyCamera> {
    const server = await startRtspServer(films.h264, { user, password });
    return new FaultyCamera(films, server, await startFaultProxy(server.port), disk);
  }

  /** With the right password, through the cable. */
  get url(): string {
    return `rtsp://${user}:${encodeURIComponent(password)}@127.0.0.1:${this.cable.port}/camera`;
  }

  /** Starts with the first film again. */
  async restart(): Promise<void> {
    this.#playing = "h264";
    await this.server.restart();
  }

  /** Another film, or the first again when that one is playing already. */
  async change(to: Exclude<keyof Films, "h264">): Promise<void> {
    this.#playing = this.#playing === to ? "h264" : to;
    await this.server.order(`play ${this.films[this.#playing]}`);
  }

  /** Pictures of another size without a word, as some cameras do whose settings are changed. */
  async resize(): Promise<void> {
    if (this.#playing === "h265") return this.change("wide");
    this.#playing = this.#playing === "wide" ? "h264" : "wide";
    await this.server.order(`switch ${this.films[this.#playing]}`);
  }

  async close(): Promise<void> {
    await this.server.stop();
    await this.cable.close();
    this.disk?.unmount();
  }
}

export interface Fault {
  readonly name: string;
  /** It may pass unnoticed: no outage is asked for. */
  readonly slight?: true;
  /** It is the recording that stops and comes back; the picture goes on, and there must be no outage. */
  readonly ofRecording?: true;
  begin(camera: FaultyCamera, chance: Seeded): Promise<void>;
  /** Resolves once the source is there again; without, it is there again as soon as the fault began. */
  end?(camera: FaultyCamera): Promise<void>;
}

const restored = (camera: FaultyCamera): Promise<void> => camera.cable.restore();

/** Flips bytes and, now and then, leaves some out, in about one chunk of three. */
function garbler(chance: Seeded): Garbler {
  return (bytes) => {
    if (chance.next() > 1 / 3) return bytes;
    const garbled = Buffer.from(bytes);
    const flips = 1 + chance.below(Math.ceil(garbled.length / 50));
    for (let flip = 0; flip < flips; flip += 1) garbled[chance.below(garbled.length)] = chance.below(256);
    return chance.next() < 0.1 ? garbled.subarray(chance.below(garbled.length)) : garbled;
  };
}

async function passwordChanged(camera: FaultyCamera): Promise<void> {
  await camera.server.order("password another word");
  await camera.server.order("drop");
}

export const faults: readonly Fault[] = [
  { name: "server restarted", begin: ({ server }) => server.stop(), end: (camera) => camera.restart() },
  { name: "cable cut", begin: ({ cable }) => cable.cut(), end: restored },
  { name: "half-open sockets", begin: async ({ cable }) => cable.swallow(), end: restored },
  { name: "server hung", begin: async ({ server }) => server.freeze(), end: async ({ server }) => server.thaw() },
  {
    name: "stream stalled",
    begin: ({ server }) => server.order("stall"),
    end: ({ server }) => server.order("resume"),
  },
  { name: "garbage", slight: true, begin: async ({ cable }, chance) => cable.garble(garbler(chance)), end: restored },
  { name: "password changed", begin: passwordChanged, end: ({ server }) => server.order(`password ${password}`) },
  { name: "codec changed", begin: (camera) => camera.change("h265") },
  { name: "size changed", begin: (camera) => camera.change("wide") },
  { name: "size changed within the session", begin: (camera) => camera.resize() },
  {
    name: "full disk for the ring",
    ofRecording: true,
    begin: async ({ disk }) => disk?.fill(),
    end: async ({ disk }) => disk?.makeRoom(),
  },
  { name: "connection dropped", begin: ({ server }) => server.order("drop") },
];
