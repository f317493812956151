"""
A film of riders whose crossings are known: motorcycles cut out of labelled pictures ride up the empty street of a real film.

    python3 riders-film.py <motorcycles> <street film> <out.mp4> <seconds> <riders a second> <seed> [red from] [red until]

Writes the film (the street's size, 25 pictures a second) and prints JSON: for two lines across the road, by name, their two
ends as shares of the picture and the seconds at which the middle of a rider's box crosses. With a red light riders wait between
the two. They follow one another as the Intelligent Driver Model says (Treiber and others 2000). Needs Debian's python3-opencv.
"""
import collections
import csv
import json
import subprocess
import sys

import cv2
import numpy as np

RATE = 25
# The street of the film: pixels below the horizon per rider's height, depth times that distance, near and far end in metres.
HORIZON, PX_PER_M, DEPTH, NEAR_M, FAR_M, WIDTH_M = 35.0, 0.118, 5100.0, 13.5, 62.0, 12
STOP_M = DEPTH / (232 - HORIZON)


def left(y):
    return 120 - (y - 140) * 0.02


def right(y):
    return 190 + (y - 140) * 1.42


def labels(folder):
    boxes = collections.defaultdict(list)
    with open(f"{folder}/ground_truth.csv", encoding="utf8") as rows:
        for row in csv.DictReader(rows):
            boxes[row["image"]].append((row["class"], *(float(row[side]) for side in "xywh")))
    return boxes


def covered(own, other):
    """Share of a box that one standing nearer covers."""
    _, x, y, w, h = own
    _, ox, oy, ow, oh = other
    wide = max(0, min(x + w, ox + ow) - max(x, ox))
    high = max(0, min(y + h, oy + oh) - max(y, oy))
    return wide * high / (w * h) if oy + oh > y + h - 5 else 0


def cut_out(image, x, y, w, h):
    """The rider's pixels and their opacity (GrabCut: Rother and others 2004), or None where the outline is no rider's."""
    margin = int(0.25 * w)
    x0, y0 = max(0, int(x - margin)), max(0, int(y - margin))
    part = image[y0 : min(720, int(y + h + margin)), x0 : min(1280, int(x + w + margin))].copy()
    guess = np.full(part.shape[:2], cv2.GC_BGD, "u1")

    def mark(top, bottom, near, far, kind):
        rows = slice(int(y - y0 + top * h), int(y - y0 + bottom * h))
        guess[rows, int(x - x0 + near * w) : int(x - x0 + far * w)] = kind

    mark(0, 1, 0, 1, cv2.GC_PR_BGD)
    mark(0.04, 0.97, 0.15, 0.85, cv2.GC_PR_FGD)
    mark(0.2, 0.85, 0.4, 0.6, cv2.GC_FGD)
    cv2.grabCut(part, guess, None, np.zeros((1, 65)), np.zeros((1, 65)), 4, cv2.GC_INIT_WITH_MASK)
    rider = ((guess == cv2.GC_FGD) | (guess == cv2.GC_PR_FGD)).astype("u1")
    count, numbers, stats, _ = cv2.connectedComponentsWithStats(rider)
    if count < 2:
        return None
    largest = 1 + int(np.argmax(stats[1:, cv2.CC_STAT_AREA]))
    px, py, pw, ph, pixels = stats[largest]
    if not 0.35 <= pixels / (w * h) <= 0.85 or ph < 0.85 * h or pw < 0.7 * w:
        return None
    opacity = cv2.GaussianBlur((numbers == largest).astype("f4"), (0, 0), 1.2)
    return part[py : py + ph, px : px + pw], opacity[py : py + ph, px : px + pw]


def riders_of(folder):
    riders = []
    for name, boxes in sorted(labels(folder).items()):
        image = None
        for box in boxes:
            kind, x, y, w, h = box
            whole = x >= 4 and y >= 4 and x + w <= 1276 and y + h <= 716
            if kind != "motorcycle" or not whole or not 95 <= h <= 420 or not 0.3 < w / h < 0.75:
                continue
            if max((covered(box, other) for other in boxes if other is not box), default=0) > 0.05:
                continue
            image = cv2.imread(f"{folder}/images/{name}") if image is None else image
            found = cut_out(image, x, y, w, h)
            if found is not None:
                riders.append(found)
    return riders


def empty_street(film):
    reader, pictures, at = cv2.VideoCapture(film), [], 0
    while True:
        more, picture = reader.read()
        if not more:
            return np.median(np.array(pictures), 0).astype("f4")
        if at % 6 == 0:
            pictures.append(picture)
        at += 1


class Rider:
    def __init__(self, chance, pictures, across):
        self.across = self.lane = across
        self.z = NEAR_M
        self.wish = self.speed = chance.uniform(5.5, 11)
        self.picture = pictures[chance.integers(len(pictures))]
        self.height = chance.uniform(1.55, 1.85)
        self.phase = chance.uniform(0, 6.28)
        self.mirrored = chance.random() < 0.5
        self.middle = None

    def drive(self, others, red, dt):
        ahead = [o for o in others if o is not self and abs(o.across - self.across) * WIDTH_M < 0.85 and o.z > self.z]
        gap, speed = min(((o.z - self.z, o.speed) for o in ahead), default=(1e9, 0))
        if red and STOP_M - self.z > 0.3 and STOP_M - self.z + 1.5 < gap:
            gap, speed = STOP_M - self.z + 1.5, 0
        room = max(0.1, gap - 1.9)
        wanted = 0.5 + max(0, self.speed * 0.7 + self.speed * (self.speed - speed) / (2 * np.sqrt(5)))
        free = 1 - (self.speed / self.wish) ** 4
        faster = 2 * (free - (wanted / room) ** 2) if gap < 1e8 else 2 * free
        self.speed = max(0, self.speed + max(-6, faster) * dt)
        self.z += self.speed * dt


def blend(picture, part, opacity, x, y):
    x0, y0 = max(0, x), max(0, y)
    x1, y1 = min(picture.shape[1], x + part.shape[1]), min(picture.shape[0], y + part.shape[0])
    if x1 > x0 and y1 > y0:
        share = opacity[y0 - y : y1 - y, x0 - x : x1 - x, None]
        picture[y0:y1, x0:x1] = picture[y0:y1, x0:x1] * (1 - share) + part[y0 - y : y1 - y, x0 - x : x1 - x] * share


def draw(picture, rider):
    """Returns the middle of the rider's box, in pixels from the top."""
    y = HORIZON + DEPTH / rider.z
    x = left(y) + (right(y) - left(y)) * rider.across
    tall = rider.height * PX_PER_M * (y - HORIZON)
    part, opacity = rider.picture
    size = (max(3, round(tall * part.shape[1] / part.shape[0])), max(4, round(tall)))
    part = cv2.resize(part, size, interpolation=cv2.INTER_AREA).astype("f4") * 0.85 + np.array([18, 14, 14])
    opacity = cv2.resize(opacity, size, interpolation=cv2.INTER_AREA)
    if rider.mirrored:
        part, opacity = part[:, ::-1], opacity[:, ::-1]
    wide, deep = size[0] + 4, max(2, round(tall * 0.12))
    rows, columns = np.mgrid[0:deep, 0:wide]
    round_shadow = 1 - ((columns - wide / 2) / (wide / 2)) ** 2 - ((rows - deep / 2) / (deep / 2)) ** 2
    shadow = 0.45 * np.clip(round_shadow, 0, 1)
    blend(picture, np.zeros((deep, wide, 3), "f4"), shadow, round(x - wide / 2), round(y - 0.07 * tall))
    blend(picture, part, opacity, round(x - size[0] / 2), round(y - size[1]))
    return y - tall / 2


def main(folder, film, out, seconds, rate, seed, red_from=None, red_until=None):
    chance, pictures, street = np.random.default_rng(int(seed)), riders_of(folder), empty_street(film)
    high, wide = street.shape[:2]
    lines = {"near": 250.0, "far": 190.0} if red_from is None else {"behind": 275.0, "beyond": 195.0}
    crossings, riders, t, arrival = {name: [] for name in lines}, [], -8.0, -12.0
    raw = ["-f", "rawvideo", "-pix_fmt", "bgr24", "-s", f"{wide}x{high}", "-r", str(RATE), "-i", "-"]
    coded = ["-c:v", "libx264", "-crf", "22", "-pix_fmt", "yuv420p", out]
    coder = subprocess.Popen(["ffmpeg", "-v", "error", "-y", *raw, *coded], stdin=subprocess.PIPE)
    while t < float(seconds):
        red = red_from is not None and float(red_from) <= t < float(red_until)
        while arrival <= t:
            arrival += chance.exponential(1 / float(rate))
            for across in chance.uniform(0.06, 0.94, 12):
                if all(abs(o.across - across) * WIDTH_M > 0.95 or abs(o.z - NEAR_M) > 3.2 for o in riders):
                    riders.append(Rider(chance, pictures, across))
                    break
        for rider in riders:
            rider.drive(riders, red, 1 / RATE)
            rider.across = rider.lane + (0.02 * np.sin(t * 0.8 + rider.phase) if red_from is None else 0)
        riders = [rider for rider in riders if rider.z <= FAR_M]
        if t >= 0:
            picture = street.copy()
            for rider in sorted(riders, key=lambda each: -each.z):
                middle = draw(picture, rider)
                for name, y in lines.items():
                    if rider.middle is not None and middle <= y < rider.middle:
                        crossings[name].append(round(t, 2))
                rider.middle = middle
            noise = chance.normal(0, 2, (high // 2, wide // 2, 3)).astype("f4")
            picture = cv2.GaussianBlur(picture + cv2.resize(noise, (wide, high)), (0, 0), 0.5)
            coder.stdin.write(np.clip(picture, 0, 255).astype("u1").tobytes())
        t += 1 / RATE
    coder.stdin.close()
    coder.wait()
    # The middle of a rider's box lies above the wheels, which are on the road: so the line reaches a little beyond its edges.
    sides = {name: (left(y + 12) - 14, right(y + 12) + 14) for name, y in lines.items()}
    ends = {name: [[side / wide, y / high] for side in sides[name]] for name, y in lines.items()}
    print(json.dumps({name: {"ends": ends[name], "crossings_s": crossings[name]} for name in lines}))


main(*sys.argv[1:])
