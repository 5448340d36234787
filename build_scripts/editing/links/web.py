"""One request to one address of the web: the only module that opens connections.

In: a method and an address. Out: status and headers that matter, or what went wrong; a body is never read. Links are
untrusted: the IP address that a name stands for is looked at before anything is sent there, and no answer may take longer than
patience lasts, however slowly it drips. Proxies of the environment are not used: behind one, nobody could see who is asked.
"""

from __future__ import annotations

import http.client
import socket
import ssl
import threading
from dataclasses import dataclass, field
from enum import StrEnum
from functools import cached_property
from urllib.parse import urljoin

import certifi
from urllib3 import BaseHTTPResponse
from urllib3.connection import HTTPConnection, HTTPSConnection
from urllib3.exceptions import HTTPError, LocationParseError
from urllib3.util import Retry, parse_url

from build_scripts.editing.links.manners import Manners

MAX_LENGTH = 2000
"""Of an address, as in the files of sources/."""

_PORTS = {"http": 80, "https": 443}
_REDIRECTS = frozenset({301, 302, 303, 307, 308})


@dataclass(frozen=True, slots=True)
class Address:
    """An address of the web, percent-encoded, its host in lower case and ASCII. The fragment is no part of what is asked."""

    scheme: str
    host: str
    port: int
    target: str
    fragment: str = field(default="", compare=False)

    def __str__(self) -> str:
        port = "" if self.port == _PORTS[self.scheme] else f":{self.port}"
        return f"{self.scheme}://{self.host}{port}{self.target}"


def address_of(url: str, base: Address | None = None) -> Address | None:
    """The address that ``url``, as found on the page ``base``, stands for; None where that is none of the web."""
    try:
        parts = parse_url(urljoin(str(base), url) if base else url)
    except (LocationParseError, ValueError):
        return None
    if parts.scheme not in _PORTS or not parts.host or parts.port == 0 or len(parts.url) > MAX_LENGTH:
        return None
    port = parts.port or _PORTS[parts.scheme]
    return Address(parts.scheme, parts.host, port, parts.request_uri, parts.fragment or "")


class Trouble(StrEnum):
    """Why there is no answer."""

    NO_HOST = "no such host"
    NO_CONNECTION = "no connection"
    PRIVATE = "a private address"
    TLS = "no secure connection"
    TIMEOUT = "no whole answer in time"
    NO_HTTP = "an answer that is not HTTP"


@dataclass(frozen=True, slots=True)
class Reply:
    """What came back. ``wait``: how many seconds the host asks to wait."""

    status: int = 0
    location: str = ""
    wait: float | None = None
    sets_cookie: bool = False
    trouble: Trouble | None = None
    detail: str = ""

    @property
    def is_redirect(self) -> bool:
        """Whether the page is said to be elsewhere."""
        return self.status in _REDIRECTS and bool(self.location)


class _TroubleError(OSError):
    """No connection; the arguments are the trouble and its detail."""

    def __init__(self, trouble: Trouble, detail: str) -> None:
        super().__init__(detail)
        self.trouble = trouble
        self.detail = detail


class _Line:
    """A connection that can be cut from outside, and only to where it may go."""

    def __init__(self, manners: Manners) -> None:
        self._manners = manners
        self._twin: socket.socket | None = None
        self._lock = threading.Lock()
        self.is_cut = False

    def open(self, host: str, port: int) -> socket.socket:
        """A socket to the host, at an address that was looked at: no second look-up could give another one."""
        found = socket.getaddrinfo(host, port, type=socket.SOCK_STREAM)
        allowed = [entry for entry in found if self._manners.may_connect(str(entry[4][0]))]
        if not allowed:
            raise _TroubleError(Trouble.PRIVATE, str(found[0][4][0]))
        of_each_family = {entry[0]: entry for entry in reversed(allowed)}.values()
        trouble = OSError()
        for family, kind, protocol, _name, address in reversed(of_each_family):
            opened = socket.socket(family, kind, protocol)
            opened.settimeout(self._manners.patience / 2)
            try:
                opened.connect(address)
            except OSError as error:
                opened.close()
                trouble = error
            else:
                return self._held(opened)
        raise _TroubleError(Trouble.NO_CONNECTION, trouble.strerror or str(trouble))

    def _held(self, opened: socket.socket) -> socket.socket:
        opened.settimeout(self._manners.patience)
        with self._lock:
            if self.is_cut:
                opened.close()
                raise TimeoutError
            # Encryption takes the socket over; its twin leads to the same connection whatever becomes of it.
            self._twin = opened.dup()
        return opened

    def cut(self) -> None:
        """End it, wherever it hangs: in the handshake, in a line of the headers."""
        with self._lock:
            self.is_cut = True
            if self._twin:
                try:
                    self._twin.shutdown(socket.SHUT_RDWR)
                except OSError:  # the other side was faster
                    return

    def close(self) -> None:
        """Let go of it."""
        with self._lock:
            if self._twin:
                self._twin.close()
            self._twin = None


class _Connection(HTTPConnection):
    line: _Line

    # urllib3 has no public way to choose the address; its own SOCKS support overrides this method, too. The tests of
    # private addresses fail where a later release no longer calls it.
    def _new_conn(self) -> socket.socket:
        return self.line.open(self.host, self.port)


class _SecureConnection(_Connection, HTTPSConnection):
    pass


class Web:
    """Asks; from several threads at once, if need be."""

    def __init__(self, manners: Manners) -> None:
        self._manners = manners
        self._lines: set[_Line] = set()

    def ask(self, method: str, address: Address) -> Reply:
        """What ``address`` answers."""
        line = _Line(self._manners)
        connection = self._connection(address, line)
        watch = threading.Timer(self._manners.patience, line.cut)
        watch.daemon = True
        watch.start()
        self._lines.add(line)
        try:
            connection.request(method, address.target, headers=self._headers(method), preload_content=False)
            reply = _reply(connection.getresponse())
            if line.is_cut:  # what was cut looks like the end of the headers
                raise TimeoutError
            return reply
        except (OSError, HTTPError, http.client.HTTPException, ValueError) as error:
            return _no_reply(error, self._manners, is_cut=line.is_cut)
        finally:
            self._lines.discard(line)
            watch.cancel()
            connection.close()
            line.close()

    @cached_property
    def _tls(self) -> ssl.SSLContext:
        context = ssl.create_default_context()
        # In addition to the system's: some installations of Python find none there.
        context.load_verify_locations(certifi.where())
        return context

    def hang_up(self) -> None:
        """End all that is under way."""
        for line in tuple(self._lines):
            line.cut()

    def _connection(self, address: Address, line: _Line) -> _Connection:
        host = address.host.strip("[]")
        connection = (
            _SecureConnection(host, address.port, ssl_context=self._tls, timeout=self._manners.patience)
            if address.scheme == "https"
            else _Connection(host, address.port, timeout=self._manners.patience)
        )
        connection.line = line
        return connection

    def _headers(self, method: str) -> dict[str, str]:
        headers = {
            "User-Agent": self._manners.agent,
            "Accept": "*/*",
            "Accept-Encoding": "identity",
            "Connection": "close",
        }
        return headers if method == "HEAD" else {**headers, "Range": "bytes=0-0"}


def _reply(response: BaseHTTPResponse) -> Reply:
    asked = response.headers.get("Retry-After")
    return Reply(
        response.status,
        response.headers.get("Location", ""),
        _seconds(asked) if asked else None,
        "Set-Cookie" in response.headers,
    )


def _seconds(asked: str) -> float | None:
    """Of a Retry-After, which is a number or a date; None where it is neither."""
    try:
        return Retry().parse_retry_after(asked)
    except (HTTPError, ValueError, OverflowError):
        return None


def _no_reply(error: Exception, manners: Manners, *, is_cut: bool) -> Reply:
    trouble, detail = Trouble.NO_HTTP, ""
    match error:
        case _TroubleError():
            trouble, detail = error.trouble, error.detail
        case _ if is_cut or isinstance(error, TimeoutError):
            trouble, detail = Trouble.TIMEOUT, f"{manners.patience:g} seconds"
        case ssl.SSLCertVerificationError():
            trouble, detail = Trouble.TLS, error.verify_message.rstrip(".")
        case ssl.SSLError():
            trouble, detail = Trouble.TLS, (error.reason or "").replace("_", " ").lower()
        case socket.gaierror() | UnicodeError():
            trouble = Trouble.NO_HOST
        case http.client.RemoteDisconnected():
            detail = "it hangs up"
        case OSError():
            trouble, detail = Trouble.NO_CONNECTION, error.strerror or ""
    return Reply(trouble=trouble, detail=detail)
