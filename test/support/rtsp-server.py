"""A camera that does as it is told: rtsp-server.py FILE PORT [USER PASSWORD]. Serves one H.264 or H.265 file over RTSP without end.

The coded pictures are read once and sent again and again, untouched, with times that go on growing: to whoever watches
it is one long broadcast. Says "ready" when it listens. Obeys one order a line on stdin, and says "done" after each:

    stall             keeps its connections, answers, and sends no more pictures
    resume            sends pictures again
    password WORD     from now on only this password is accepted; connections that stand go on
    drop              ends every connection
    play FILE         another file, from now on, for new connections; those that stand are ended
    switch FILE       another file of the same codec within the same sessions
"""

import sys
import threading
import time

import gi

gi.require_version("Gst", "1.0")
gi.require_version("GstApp", "1.0")
gi.require_version("GstRtsp", "1.0")
gi.require_version("GstRtspServer", "1.0")
from gi.repository import GLib, Gst, GstRtsp, GstRtspServer  # noqa: E402

Gst.init(None)

ROLE = "viewer"


class Film:
    """Every access unit of a file in coding order, as (buffer, pts, dts) in nanoseconds."""

    def __init__(self, file):
        with open(file, "rb") as bytes_of:
            content = bytes_of.read()
        self.codec = "h265" if b"hvc1" in content or b"hev1" in content else "h264"
        self.pictures = list(self.coded_pictures(file))
        if not self.pictures:
            sys.exit(f"{file} holds no H.264 or H.265 pictures")
        times = sorted(pts for _, pts, _ in self.pictures)
        self.first = times[0]
        self.length = times[-1] - times[0] + (times[-1] - times[0]) // (len(times) - 1)

    @property
    def caps(self):
        return f"video/x-{self.codec},stream-format=byte-stream,alignment=au"

    def coded_pictures(self, file):
        pipeline = Gst.parse_launch(
            f"filesrc name=file ! qtdemux ! {self.codec}parse config-interval=-1 ! {self.caps} ! appsink name=out sync=false"
        )
        pipeline.get_by_name("file").set_property("location", file)
        out = pipeline.get_by_name("out")
        pipeline.set_state(Gst.State.PLAYING)
        while (sample := out.emit("pull-sample")) is not None:
            buffer = sample.get_buffer()
            dts = buffer.dts if buffer.dts != Gst.CLOCK_TIME_NONE else buffer.pts
            yield (buffer, buffer.pts, dts)
        pipeline.set_state(Gst.State.NULL)


class EndlessFactory(GstRtspServer.RTSPMediaFactory):
    def __init__(self, film):
        super().__init__()
        self.film = film
        self.stalled_since = None
        self.broadcasts = []
        self.set_shared(True)
        self.set_latency(0)
        self.connect("media-configure", self.configure)

    def do_create_element(self, _url):
        codec = self.film.codec
        return Gst.parse_launch(
            f"( appsrc name=pictures is-live=true format=time max-bytes=0 caps={self.film.caps}"
            f" ! {codec}parse config-interval=-1 ! rtp{codec}pay name=pay0 pt=96 )"
        )

    def configure(self, _factory, media):
        broadcast = Broadcast(self, media.get_element().get_by_name("pictures"))
        self.broadcasts.append(broadcast)
        media.connect("unprepared", lambda _media: self.broadcasts.remove(broadcast))

    def stall(self):
        self.stalled_since = time.monotonic_ns()

    def resume(self):
        if self.stalled_since is None:
            return
        lost, self.stalled_since = time.monotonic_ns() - self.stalled_since, None
        for broadcast in self.broadcasts:
            broadcast.skip(lost)


class Broadcast:
    """One session's worth of pictures. Times lost to a stall are skipped, as a camera skips them."""

    def __init__(self, factory, source):
        self.factory = factory
        self.source = source
        self.film = factory.film
        self.sent = 0
        self.shift = -self.film.first
        self.waiting = False
        source.connect("need-data", lambda _source, _wanted: self.push())

    def push(self):
        if self.factory.stalled_since is not None:
            self.waiting = True
            return
        if self.film is not self.factory.film:
            self.shift += self.sent * self.film.length // len(self.film.pictures) + self.film.first - self.factory.film.first
            self.film, self.sent = self.factory.film, 0
        stored, pts, dts = self.film.pictures[self.sent % len(self.film.pictures)]
        shift = self.sent // len(self.film.pictures) * self.film.length + self.shift
        picture = stored.copy_region(Gst.BufferCopyFlags.MEMORY | Gst.BufferCopyFlags.FLAGS, 0, stored.get_size())
        picture.pts = pts + shift
        picture.dts = max(0, dts + shift)
        self.sent += 1
        self.source.emit("push-buffer", picture)

    def skip(self, lost):
        # A session that was opened during the stall begins only now.
        if self.sent > 0:
            self.shift += lost
        if self.waiting:
            self.waiting = False
            self.push()


class Camera:
    def __init__(self, film, port, user):
        self.user = user
        self.server = GstRtspServer.RTSPServer()
        self.server.set_address("127.0.0.1")
        self.server.set_service(port)
        self.auth = None
        self.put(film)

    def put(self, film):
        self.factory = EndlessFactory(film)
        permissions = GstRtspServer.RTSPPermissions()
        for right in ("media.factory.access", "media.factory.construct"):
            permissions.add_permission_for_role(ROLE, right, True)
        if self.user is not None:
            self.factory.set_permissions(permissions)
        self.server.get_mount_points().add_factory("/camera", self.factory)

    def password(self, word):
        auth = GstRtspServer.RTSPAuth()
        auth.set_supported_methods(GstRtsp.RTSPAuthMethod.DIGEST)
        token = GstRtspServer.RTSPToken()
        token.set_string("media.factory.role", ROLE)
        auth.add_digest(self.user, word, token)
        self.server.set_auth(auth)

    def drop(self):
        self.server.client_filter(lambda _server, _client: GstRtspServer.RTSPFilterResult.REMOVE)

    def obey(self, order, word):
        if order == "stall":
            self.factory.stall()
        elif order == "resume":
            self.factory.resume()
        elif order == "password":
            self.password(word)
        elif order == "drop":
            self.drop()
        elif order == "play":
            self.put(Film(word))
            self.drop()
        elif order == "switch":
            self.factory.film = Film(word)
        else:
            sys.exit(f"unknown order {order}")
        print("done", flush=True)


def listen(camera):
    for line in sys.stdin:
        order, _, word = line.strip().partition(" ")
        GLib.idle_add(camera.obey, order, word)


def main(file, port, user=None, password=None):
    camera = Camera(Film(file), port, user)
    if user is not None:
        camera.password(password)
    if camera.server.attach(None) == 0:
        sys.exit(f"port {port} is taken")
    print("ready", flush=True)
    threading.Thread(target=listen, args=(camera,), daemon=True).start()
    GLib.MainLoop().run()


main(*sys.argv[1:])
