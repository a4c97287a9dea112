"""A publisher on the loopback that misbehaves as publishers do: each request gets the next of its answers."""

from __future__ import annotations

import threading
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer

Answer = Callable[[BaseHTTPRequestHandler], None]


@dataclass
class Publisher:
    """Where it is, what it will answer, and what it was asked for."""

    address: str = ""
    answers: list[Answer] = field(default_factory=list)  # the last one is given again and again
    asked: list[dict[str, str]] = field(default_factory=list)  # the headers of each request

    def ranges(self) -> list[str | None]:
        """The Range of each request."""
        return [headers.get("Range") for headers in self.asked]


@contextmanager
def publisher(*answers: Answer) -> Iterator[Publisher]:
    """A publisher that gives these answers, until the block is left."""
    made = Publisher(answers=list(answers))

    class Handler(BaseHTTPRequestHandler):
        def do_GET(self) -> None:
            made.asked.append(dict(self.headers))
            answer = made.answers.pop(0) if len(made.answers) > 1 else made.answers[0]
            self.close_connection = True
            answer(self)

        def log_message(self, *_said: object) -> None:
            """Nothing is logged."""

    class Server(ThreadingHTTPServer):
        def handle_error(self, request: object, client_address: object) -> None:
            """A client that goes away in the middle is what some tests are about."""

    server = Server(("127.0.0.1", 0), Handler)
    made.address = f"http://127.0.0.1:{server.server_port}/one.csv"
    thread = threading.Thread(target=server.serve_forever, kwargs={"poll_interval": 0.01})
    thread.start()
    try:
        yield made
    finally:
        server.shutdown()
        server.server_close()
        thread.join()


def says(status: int, body: bytes = b"", **headers: str) -> Answer:
    """Answer with a status; headers are given with _ for -."""

    def answer(request: BaseHTTPRequestHandler) -> None:
        request.send_response(status)
        for name, value in ({"Content_Length": str(len(body))} | headers).items():
            request.send_header(name.replace("_", "-"), value)
        request.end_headers()
        request.wfile.write(body)

    return answer


def serves(body: bytes, tag: str | None = '"v1"', **headers: str) -> Answer:
    """Serve a file as it should be done: whole, or from where the client wants when its version is still the same."""
    marks = {"ETag": tag} if tag else {}

    def answer(request: BaseHTTPRequestHandler) -> None:
        wanted, mark = request.headers.get("Range"), request.headers.get("If-Range")
        if not wanted or mark != tag:
            says(200, body, **marks, **headers)(request)
            return
        start = int(wanted.removeprefix("bytes=").removesuffix("-"))
        if start >= len(body):
            says(416, Content_Range=f"bytes */{len(body)}")(request)
            return
        rest = f"bytes {start}-{len(body) - 1}/{len(body)}"
        says(206, body[start:], Content_Range=rest, **marks, **headers)(request)

    return answer


def drops(body: bytes, after: int, tag: str | None = '"v1"') -> Answer:
    """Announce the whole file, send so many bytes of what is asked for, and hang up."""

    def answer(request: BaseHTTPRequestHandler) -> None:
        wanted = request.headers.get("Range")
        start = int(wanted.removeprefix("bytes=").removesuffix("-")) if wanted else 0
        request.send_response(206 if wanted else 200)
        request.send_header("Content-Length", str(len(body) - start))
        if wanted:
            request.send_header("Content-Range", f"bytes {start}-{len(body) - 1}/{len(body)}")
        if tag:
            request.send_header("ETag", tag)
        request.end_headers()
        request.wfile.write(body[start : start + after])

    return answer


def stalls(body: bytes, after: int, seconds: float) -> Answer:
    """Send so many bytes, and then nothing for a while."""

    def answer(request: BaseHTTPRequestHandler) -> None:
        request.send_response(200)
        request.send_header("Content-Length", str(len(body)))
        request.send_header("ETag", '"v1"')
        request.end_headers()
        request.wfile.write(body[:after])
        request.wfile.flush()
        time.sleep(seconds)

    return answer
