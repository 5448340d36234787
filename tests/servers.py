"""Servers on this machine that misbehave as those of the web do: what tests of links ask in place of others."""

from __future__ import annotations

import contextlib
import socket
import ssl
import threading
import time
from collections.abc import Callable, Iterator
from dataclasses import dataclass, field
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer

import pytest


@dataclass
class Request:
    """One request as it came."""

    method: str
    path: str
    host: str
    headers: dict[str, str]
    began: float


Answer = Callable[["Handler"], None]


class Handler(BaseHTTPRequestHandler):
    protocol_version = "HTTP/1.1"
    timeout = 5
    server: Server

    def do_GET(self) -> None:
        host = self.headers.get("Host", "").partition(":")[0]
        request = Request(self.command, self.path, host, dict(self.headers), time.monotonic())
        with self.server.lock:
            self.server.requests.append(request)
        try:
            self.server.answers.get(self.path, status(404))(self)
        except OSError:  # whoever asked has hung up
            self.close_connection = True

    do_HEAD = do_GET  # noqa: N815 -- http.server's name

    def log_message(self, *_arguments: object) -> None:
        return


class Server(ThreadingHTTPServer):
    daemon_threads = True

    def __init__(self, tls: ssl.SSLContext | None = None) -> None:
        super().__init__(("127.0.0.1", 0), Handler)
        self.scheme = "https" if tls else "http"
        if tls:
            self.socket = tls.wrap_socket(self.socket, server_side=True)
        self.answers: dict[str, Answer] = {}
        self.requests: list[Request] = []
        self.lock = threading.Lock()

    def url(self, path: str, host: str = "a.test") -> str:
        return f"{self.scheme}://{host}:{self.server_port}{path}"

    def asked(self) -> list[str]:
        return [f"{request.method} {request.path}" for request in self.requests]

    def handle_error(self, *_arguments: object) -> None:
        return


@contextlib.contextmanager
def serving(tls: ssl.SSLContext | None = None) -> Iterator[Server]:
    with Server(tls) as server:
        thread = threading.Thread(target=server.serve_forever, kwargs={"poll_interval": 0.01}, daemon=True)
        thread.start()
        try:
            yield server
        finally:
            server.shutdown()
            thread.join()


@contextlib.contextmanager
def raw(talk: Callable[[socket.socket], None]) -> Iterator[int]:
    """The port of a server that says what ``talk`` sends, to each who connects."""
    listener = socket.create_server(("127.0.0.1", 0))

    def accept() -> None:
        with contextlib.suppress(OSError):
            while True:
                connection, _address = listener.accept()
                threading.Thread(target=hold, args=(connection,), daemon=True).start()

    def hold(connection: socket.socket) -> None:
        with connection, contextlib.suppress(OSError):
            talk(connection)

    threading.Thread(target=accept, daemon=True).start()
    try:
        yield listener.getsockname()[1]
    finally:
        with contextlib.suppress(OSError):
            listener.shutdown(socket.SHUT_RDWR)
        listener.close()


def status(code: int, **headers: str) -> Answer:
    """That status with these headers, ``_`` for ``-``, and no body."""

    def answer(handler: Handler) -> None:
        handler.send_response(code)
        for name, value in {"Content_Length": "0", **headers}.items():
            handler.send_header(name.replace("_", "-"), value)
        handler.end_headers()

    return answer


def to(location: str, code: int = 302, **headers: str) -> Answer:
    """A redirect."""
    return status(code, Location=location, **headers)


def by_method(head: Answer, get: Answer) -> Answer:
    return lambda handler: (head if handler.command == "HEAD" else get)(handler)


def in_turn(*answers: Answer) -> Answer:
    """The first answer to the first request, and so on; the last to all that follow."""
    left = list(answers)

    def answer(handler: Handler) -> None:
        (left.pop(0) if len(left) > 1 else left[0])(handler)

    return answer


def slowly(seconds: float, answer: Answer) -> Answer:
    def wait(handler: Handler) -> None:
        time.sleep(seconds)
        answer(handler)

    return wait


def hang_up(handler: Handler) -> None:
    handler.close_connection = True


@dataclass
class Names:
    """What names stand for in a test; ``looked_up``: each name that was asked for."""

    known: dict[str, list[str]] = field(default_factory=dict)
    looked_up: list[str] = field(default_factory=list)

    def look_up(self, host: str, port: int, **_options: object) -> list[tuple[object, ...]]:
        self.looked_up.append(host)
        addresses = self.known.get(host, ["127.0.0.1"] if host.endswith(".test") else [])
        if host[0].isdigit() or ":" in host:
            addresses = [host]
        if not addresses:
            raise socket.gaierror(socket.EAI_NONAME, "no such name")
        # A name that stands for several addresses in turn: the first of the list, then the next.
        address = addresses.pop(0) if len(addresses) > 1 else addresses[0]
        family = socket.AF_INET6 if ":" in address else socket.AF_INET
        place = (address, port, 0, 0) if family == socket.AF_INET6 else (address, port)
        return [(family, socket.SOCK_STREAM, socket.IPPROTO_TCP, "", place)]


@pytest.fixture
def names(monkeypatch: pytest.MonkeyPatch) -> Names:
    """Every name that ends in .test leads to this machine, others nowhere."""
    found = Names()
    monkeypatch.setattr(socket, "getaddrinfo", found.look_up)
    return found


@pytest.fixture
def server(names: Names) -> Iterator[Server]:  # noqa: ARG001 -- names are looked up by it
    with serving() as found:
        yield found
