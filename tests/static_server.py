"""A small server of files, for a browser to read a built site from: at the root, under a sub-path, and gzipped on demand."""

from __future__ import annotations

import contextlib
import functools
import gzip
import threading
from collections.abc import Iterator
from http import HTTPStatus
from http.server import SimpleHTTPRequestHandler, ThreadingHTTPServer
from pathlib import Path
from typing import Any
from urllib.parse import urlsplit

_PACKED = {".html", ".css", ".js", ".json", ".svg", ".xml", ".ics", ".txt"}


class Handler(SimpleHTTPRequestHandler):
    """Serves the files of one folder below ``mount`` as a host of static sites does, its 404 page included."""

    protocol_version = "HTTP/1.1"

    def __init__(self, *arguments: Any, mount: str, packed: bool, **named: Any) -> None:
        self.mount, self.packed = mount, packed
        super().__init__(*arguments, **named)

    def do_GET(self) -> None:
        """Answer with a file, an index, or the page for an address that leads nowhere."""
        path = urlsplit(self.path).path
        file = Path(self.translate_path(path.removeprefix(self.mount) if path.startswith(self.mount) else "/\0"))
        if file.is_dir() and not path.endswith("/"):
            self.send_response(HTTPStatus.MOVED_PERMANENTLY)
            self.send_header("Location", f"{path}/")
            self.send_header("Content-Length", "0")
            self.end_headers()
            return
        file = file / "index.html" if file.is_dir() else file
        found = file.is_file()
        self._send(
            file if found else Path(self.directory) / "404.html", HTTPStatus.OK if found else HTTPStatus.NOT_FOUND
        )

    def _send(self, file: Path, status: HTTPStatus) -> None:
        body = _read(file, gzipped=self.packed and file.suffix in _PACKED)
        self.send_response(status)
        self.send_header("Content-Type", self.guess_type(str(file)))
        self.send_header("Content-Length", str(len(body)))
        if self.packed:
            self.send_header("Cache-Control", "max-age=86400")
            if file.suffix in _PACKED:
                self.send_header("Content-Encoding", "gzip")
        self.end_headers()
        with contextlib.suppress(ConnectionError):  # a browser may leave before it has read all
            self.wfile.write(body)

    def log_message(self, *_: Any) -> None:
        """Say nothing: a test names what it misses."""


@functools.lru_cache(maxsize=256)
def _read(file: Path, *, gzipped: bool) -> bytes:
    data = file.read_bytes()
    return gzip.compress(data, mtime=0) if gzipped else data


@contextlib.contextmanager
def serve(folder: Path, mount: str = "/", *, packed: bool = False) -> Iterator[str]:
    """Serve ``folder`` at a free port of this machine until left; yield the address of its home page.

    Args:
        folder: the built site.
        mount: the path that it hangs under, with a slash at both ends.
        packed: gzip and cache as a host of static sites would.

    """
    make = functools.partial(Handler, directory=str(folder), mount=mount.rstrip("/"), packed=packed)
    with ThreadingHTTPServer(("127.0.0.1", 0), make) as server:
        thread = threading.Thread(target=server.serve_forever, kwargs={"poll_interval": 0.05}, daemon=True)
        thread.start()
        try:
            yield f"http://127.0.0.1:{server.server_port}{mount}"
        finally:
            server.shutdown()
            thread.join()
