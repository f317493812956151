"""OpenStack Swift with its S3 interface, all of it in one process: a real object store for tests.

Usage: s3-server.py <folder> <key id> <secret>. Writes its port to stdout once it answers. Debian: python3-swift.
"""

import eventlet

eventlet.monkey_patch()

import os
import sys
from array import array

from eventlet import listen, wsgi
from swift.account import server as account_server
from swift.common import utils
from swift.common.middleware import catch_errors, gatekeeper, tempauth
from swift.common.middleware.s3api import s3api
from swift.common.ring import RingData
from swift.common.storage_policy import POLICIES
from swift.container import server as container_server
from swift.obj import server as object_server
from swift.proxy import server as proxy_server


class Cache:
    """What the middleware asks of memcached, kept in this process."""

    def __init__(self):
        self.values = {}

    def get(self, key, raise_on_error=False):
        return self.values.get(key)

    def set(self, key, value, **_):
        self.values[key] = value

    def delete(self, key, server_key=None):
        self.values.pop(key, None)

    def incr(self, key, delta=1, **_):
        self.values[key] = self.values.get(key, 0) + delta
        return self.values[key]


def with_cache(app):
    cache = Cache()

    def call(env, start_response):
        env["swift.cache"] = cache
        return app(env, start_response)

    return call


def main(folder, key_id, secret):
    utils.HASH_PATH_SUFFIX = b"greenwave"
    os.makedirs(os.path.join(folder, "disk"), exist_ok=True)
    conf = {"devices": folder, "swift_dir": folder, "mount_check": "false", "node_timeout": "20", "disable_fallocate": "true",
            "account_autocreate": "true"}
    servers = {
        "account": account_server.AccountController,
        "container": container_server.ContainerController,
        "object": object_server.ObjectController,
    }
    sockets = {name: listen(("127.0.0.1", 0)) for name in servers}
    for name, socket in sockets.items():
        port = socket.getsockname()[1]
        device = {"id": 0, "zone": 0, "region": 1, "weight": 1, "device": "disk", "ip": "127.0.0.1", "port": port,
                  "replication_ip": "127.0.0.1", "replication_port": port}
        RingData([array("H", [0, 0])], [device], 31).save(os.path.join(folder, f"{name}.ring.gz"))
    silent = utils.NullLogger()
    for name, make in servers.items():
        eventlet.spawn(wsgi.server, sockets[name], make(conf, logger=utils.get_logger(conf)), silent)
    for policy in POLICIES:
        policy.load_ring(folder)
    app = proxy_server.Application(conf, logger=utils.get_logger(conf))
    app = tempauth.filter_factory(conf, **{f"user_{key_id}_{key_id}": f"{secret} .admin"})(app)
    app = s3api.filter_factory(conf, auth_pipeline_check="false", allow_multipart_uploads="false")(app)
    app = gatekeeper.filter_factory(conf)(app)
    app = catch_errors.filter_factory(conf)(with_cache(app))
    front = listen(("127.0.0.1", 0))
    print(front.getsockname()[1], flush=True)
    wsgi.server(front, app, silent)


if __name__ == "__main__":
    main(*sys.argv[1:4])
