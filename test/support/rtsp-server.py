"""Serves one H.264 file over RTSP without end: rtsp-server.py FILE PORT. Says "ready" when it listens.

The coded pictures are read once and sent again and again, untouched, with times that go on growing: to whoever watches
it is one long broadcast.
"""

import sys

import gi

gi.require_version("Gst", "1.0")
gi.require_version("GstApp", "1.0")
gi.require_version("GstRtspServer", "1.0")
from gi.repository import GLib, Gst, GstRtspServer  # noqa: E402

Gst.init(None)

ACCESS_UNITS = "video/x-h264,stream-format=byte-stream,alignment=au"


def coded_pictures(file):
    """Every access unit in coding order, as (buffer, pts, dts) in nanoseconds."""
    pipeline = Gst.parse_launch(
        f"filesrc name=file ! qtdemux ! h264parse config-interval=-1 ! {ACCESS_UNITS} ! appsink name=out sync=false"
    )
    pipeline.get_by_name("file").set_property("location", file)
    out = pipeline.get_by_name("out")
    pipeline.set_state(Gst.State.PLAYING)
    pictures = []
    while (sample := out.emit("pull-sample")) is not None:
        buffer = sample.get_buffer()
        dts = buffer.dts if buffer.dts != Gst.CLOCK_TIME_NONE else buffer.pts
        pictures.append((buffer, buffer.pts, dts))
    pipeline.set_state(Gst.State.NULL)
    if not pictures:
        sys.exit(f"{file} holds no H.264 pictures")
    return pictures


class EndlessFactory(GstRtspServer.RTSPMediaFactory):
    def __init__(self, pictures):
        super().__init__()
        self.pictures = pictures
        times = sorted(pts for _, pts, _ in pictures)
        self.first = times[0]
        self.length = times[-1] - times[0] + (times[-1] - times[0]) // (len(times) - 1)
        self.set_shared(True)
        self.set_latency(0)
        self.connect("media-configure", self.configure)

    def do_create_element(self, _url):
        return Gst.parse_launch(
            f"( appsrc name=pictures is-live=true format=time max-bytes=0 caps={ACCESS_UNITS}"
            " ! h264parse config-interval=-1 ! rtph264pay name=pay0 pt=96 )"
        )

    def configure(self, _factory, media):
        sent = 0

        def push(source, _wanted):
            nonlocal sent
            stored, pts, dts = self.pictures[sent % len(self.pictures)]
            shift = sent // len(self.pictures) * self.length - self.first
            picture = stored.copy_region(Gst.BufferCopyFlags.MEMORY | Gst.BufferCopyFlags.FLAGS, 0, stored.get_size())
            picture.pts = pts + shift
            picture.dts = max(0, dts + shift)
            sent += 1
            source.emit("push-buffer", picture)

        media.get_element().get_by_name("pictures").connect("need-data", push)


def main(file, port):
    server = GstRtspServer.RTSPServer()
    server.set_address("127.0.0.1")
    server.set_service(port)
    factory = EndlessFactory(coded_pictures(file))
    server.get_mount_points().add_factory("/camera", factory)
    if server.attach(None) == 0:
        sys.exit(f"port {port} is taken")
    print("ready", flush=True)
    GLib.MainLoop().run()


main(*sys.argv[1:])
