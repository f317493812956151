/**
 * Real peers that a test needs and a machine may lack. Without `CI=true` such a test skips and names the Debian
 * package; with it nothing skips, so that a missing peer is a failure.
 */
import { spawnSync } from "node:child_process";
import { existsSync } from "node:fs";
import { fileURLToPath } from "node:url";
import { postgresFolder } from "./postgres-server.ts";

const found = (command: string, ...args: string[]): boolean =>
  spawnSync(command, args, { stdio: "ignore" }).status === 0;

const gstScript =
  "import gi; gi.require_version('GstRtspServer','1.0'); from gi.repository import Gst, GstRtspServer; Gst.init(None); " +
  "assert Gst.ElementFactory.find('rtph264pay') and Gst.ElementFactory.find('h264parse')";

export const sharedFolder = fileURLToPath(new URL("../../../shared/", import.meta.url));

const peers = {
  ffmpeg: { has: () => found("ffmpeg", "-version"), get: "ffmpeg" },
  "RTSP server": {
    has: () => found("/usr/bin/python3", "-c", gstScript),
    get: "gir1.2-gst-rtsp-server-1.0 python3-gi gstreamer1.0-plugins-good gstreamer1.0-plugins-bad gstreamer1.0-rtsp",
  },
  "Net-SNMP tools": { has: () => found("snmpget", "-V"), get: "snmp" },
  snmpd: { has: () => existsSync("/usr/sbin/snmpd"), get: "snmpd" },
  OpenSSL: { has: () => found("openssl", "version"), get: "openssl" },
  PostgreSQL: { has: () => postgresFolder() !== null, get: "postgresql" },
  "S3 server": {
    has: () => found("/usr/bin/python3", "-c", "import swift.common.middleware.s3api.s3api"),
    get: "python3-swift",
  },
  Redis: { has: () => found("redis-server", "--version"), get: "redis-server" },
  torch: {
    has: () => found("/usr/bin/python3", "-c", "import torch, numpy, PIL"),
    get: "python3-torch python3-numpy python3-pil",
  },
  OpenCV: { has: () => found("/usr/bin/python3", "-c", "import cv2"), get: "python3-opencv" },
  SUMO: { has: () => found("sumo", "--version"), get: "sumo" },
  "SUMO's Python library": { has: () => existsSync("/usr/share/sumo/tools/sumolib"), get: "sumo-tools" },
  Chromium: { has: () => existsSync("/usr/bin/chromium"), get: "chromium" },
  "shared data": { has: () => existsSync(sharedFolder), get: null },
};

export type Peer = keyof typeof peers;

const known = new Map<Peer, boolean>();

/** For `describe.skipIf(missing("ffmpeg"))`: true when the test must be skipped here; says why on stderr. */
export function missing(...needed: readonly Peer[]): boolean {
  if (process.env["CI"] === "true") return false;
  const absent = needed.filter((name) => {
    if (!known.has(name)) known.set(name, peers[name].has());
    return known.get(name) === false;
  });
  for (const name of absent) {
    const get = peers[name].get;
    process.stderr.write(`skipped: ${name} is not here${get === null ? "" : ` (Debian: apt-get install ${get})`}\n`);
  }
  return absent.length > 0;
}
