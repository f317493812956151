"""A peer: what a Python programmer writes first. OpenCV reads, scales and runs the network with its own settings.

opencv-loop.py SOURCE MODEL WIDTH HEIGHT RATE FILM_RATE. Pictures that are not looked at are grabbed and not converted. No boxes,
no tracks, no counts: it stops where ours goes on.
"""

import sys
import time

import cv2

source, model = sys.argv[1], sys.argv[2]
width, height = int(sys.argv[3]), int(sys.argv[4])
rate, film = float(sys.argv[5]), float(sys.argv[6])

net = cv2.dnn.readNetFromONNX(model)
outputs = net.getUnconnectedOutLayersNames()
capture = cv2.VideoCapture(source)
frames, looks, said = 0, 0, 0.0
while capture.grab():
    frames += 1
    if looks * film <= (frames - 1) * rate:
        looks += 1
        _, picture = capture.retrieve()
        scale = min(width / picture.shape[1], height / picture.shape[0])
        small = cv2.resize(picture, (round(picture.shape[1] * scale), round(picture.shape[0] * scale)))
        right, below = width - small.shape[1], height - small.shape[0]
        padded = cv2.copyMakeBorder(small, 0, below, 0, right, cv2.BORDER_CONSTANT, value=(114, 114, 114))
        net.setInput(cv2.dnn.blobFromImage(padded, 1 / 57.6, (width, height), (103.53, 116.28, 123.675)))
        net.forward(outputs)
    if time.monotonic() - said > 0.1:
        said = time.monotonic()
        print(frames, flush=True)
