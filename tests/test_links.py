"""Links are asked politely, safely and without end to no question; all servers are on this machine."""

from __future__ import annotations

import datetime as dt
import itertools
import socket
import ssl
import threading
import time
from collections.abc import Callable, Sequence
from contextlib import closing
from email.utils import format_datetime
from pathlib import Path

import pytest
import trustme

from build_scripts.checks.reach import Answer, Verdict
from build_scripts.editing.links.asking import ask_all
from build_scripts.editing.links.manners import Manners, is_any, is_public
from build_scripts.editing.links.web import MAX_LENGTH, Reply, Trouble, Web, address_of
from tests.servers import Answer as Told
from tests.servers import (
    Handler,
    Names,
    Server,
    by_method,
    hang_up,
    in_turn,
    names,
    raw,
    server,
    serving,
    slowly,
    status,
    to,
)

__all__ = ["names", "server"]

NOW = dt.datetime(2024, 6, 5, 12, tzinfo=dt.UTC)
QUICK = Manners(agent="Test", delay=0, back_off=0.01, longest_wait=3, may_connect=is_any)


def answers_of(urls: Sequence[str], manners: Manners = QUICK) -> list[Answer]:
    addresses = [address_of(url) for url in urls]
    with closing(ask_all([address for address in addresses if address], manners, lambda: NOW)) as answers:
        came = dict(answers)
    return [came[address] for address in addresses if address]


def answer_of(url: str, manners: Manners = QUICK) -> Answer:
    (answer,) = answers_of([url], manners)
    return answer


def reply_of(url: str, manners: Manners = QUICK, method: str = "GET") -> Reply:
    address = address_of(url)
    assert address
    return Web(manners).ask(method, address)


# --- verdicts -------------------------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("answer", "verdict", "requests"),
    [
        (status(200), "alive: 200 OK", "HEAD"),
        (status(206), "alive: 206 Partial Content", "HEAD"),
        (by_method(status(405), status(200)), "alive: 200 OK", "HEAD GET"),
        (by_method(status(404), status(206)), "alive: 206 Partial Content", "HEAD GET"),
        (by_method(hang_up, status(200)), "alive: 200 OK", "HEAD GET"),
        (by_method(status(500), status(416)), "alive: 416 Requested Range Not Satisfiable", "HEAD GET"),
        (status(300), "alive: 300 Multiple Choices", "HEAD GET"),
        (status(404), "gone: 404 Not Found", "HEAD GET"),
        (status(410), "gone: 410 Gone", "HEAD GET"),
        (status(401), "refused: 401 Unauthorized", "HEAD GET"),
        (status(403), "refused: 403 Forbidden", "HEAD GET"),
        (status(451), "refused: 451 Unavailable For Legal Reasons", "HEAD GET"),
        (status(999), "refused: 999", "HEAD GET"),
        (status(500), "failed: 500 Internal Server Error", "HEAD GET"),
        (status(522), "failed: 522", "HEAD GET"),
        (status(302), "failed: 302 Found", "HEAD GET"),
        (hang_up, "failed: an answer that is not HTTP: it hangs up", "HEAD GET"),
        (in_turn(status(503), status(200)), "alive: 200 OK", "HEAD HEAD"),
        (status(503), "failed: 503 Service Unavailable", "HEAD HEAD HEAD"),
        (status(429), "refused: 429 Too Many Requests", "HEAD HEAD HEAD"),
        (status(429, Retry_After="3600"), "refused: 429 Too Many Requests", "HEAD"),
        (status(503, Retry_After="nonsense"), "failed: 503 Service Unavailable", "HEAD HEAD HEAD"),
    ],
)  # fmt: skip
def test_a_page_has_a_verdict(server: Server, answer: Told, verdict: str, requests: str) -> None:
    server.answers["/page"] = answer
    found = answer_of(server.url("/page"))
    assert f"{found.verdict}: {found.detail}" == verdict
    assert server.asked() == [f"{method} /page" for method in requests.split()]


@pytest.mark.parametrize(
    ("hops", "verdict", "location"),
    [
        ([(301, "/end")], "moved", "/end"),
        ([(308, "/end#part")], "moved", "/end#part"),
        ([(302, "/end")], "alive", ""),
        ([(301, "/b"), (301, "/end")], "moved", "/end"),
        ([(301, "/b"), (302, "/end")], "moved", "/b"),
        ([(302, "/b"), (301, "/end")], "alive", ""),
        ([(301, "/gone")], "gone", ""),
        ([(301, "/a")], "failed", ""),
        ([(302, "/b"), (302, "/a")], "failed", ""),
        ([(302, "mailto:a@b.test")], "failed", ""),
        ([(302, "ftp://b.test/")], "failed", ""),
        ([(302, "http://[")], "failed", ""),
        ([(301, "/" + "x" * MAX_LENGTH)], "failed", ""),
    ],
)
def test_redirects_are_followed_and_only_those_for_good_are_a_move(
    server: Server, hops: list[tuple[int, str]], verdict: str, location: str
) -> None:
    for path, (code, target) in zip(["/a", "/b"], hops, strict=False):
        server.answers[path] = to(target, code)
    server.answers["/end"] = status(200)
    answer = answer_of(server.url("/a"))
    assert answer.verdict == verdict
    assert answer.location == (server.url(location) if location else "")


def test_the_place_where_redirects_ended_is_told(server: Server) -> None:
    server.answers["/a"] = to("/gone")
    assert answer_of(server.url("/a")).detail == f"404 Not Found at {server.url('/gone')}"


def test_redirects_are_bounded(server: Server) -> None:
    server.answers |= {f"/{number}": to(f"/{number + 1}") for number in range(30)}
    answer = answer_of(server.url("/0"))
    assert (answer.verdict, answer.detail) == (Verdict.FAILED, "redirects without end")
    assert len(server.requests) == QUICK.redirects + 1


def test_a_loop_that_cookies_would_end_is_a_refusal(server: Server) -> None:
    server.answers["/a"] = to("/a", 302, Set_Cookie="seen=1")
    assert answer_of(server.url("/a")).verdict is Verdict.REFUSED


# --- politeness -----------------------------------------------------------------------------------------------------


def test_no_two_requests_to_a_host_within_the_delay(server: Server) -> None:
    delay, answering = 0.08, 0.02
    server.answers |= {f"/{number}": slowly(answering, status(200)) for number in range(4)}
    server.answers |= {
        "/refuses-head": slowly(answering, by_method(status(405), status(200))),
        "/elsewhere": slowly(answering, to(server.url("/1", "a.test"))),
    }
    urls = [server.url(path) for path in ("/0", "/1", "/2", "/3", "/refuses-head")]
    urls += [server.url("/elsewhere", host) for host in ("b.test", "c.test")]
    answers_of(urls, Manners(delay=delay, may_connect=is_any))
    for host in ("a.test", "b.test", "c.test"):
        # From when one comes in to when the next does there is the time of the answer and the delay, however slow the machine.
        began = sorted(one.began for one in server.requests if one.host == host)
        assert all(after - before >= delay + answering for before, after in itertools.pairwise(began))
    assert sum(one.host == "a.test" for one in server.requests) == 8


def test_several_hosts_are_asked_side_by_side(server: Server) -> None:
    together = threading.Barrier(3, timeout=30)

    def answer(handler: Handler) -> None:
        together.wait()
        status(200)(handler)

    server.answers["/"] = answer
    answers = answers_of([server.url("/", f"{name}.test") for name in "abc"])
    assert [one.verdict for one in answers] == [Verdict.ALIVE] * 3


def test_no_more_hosts_at_once_than_is_said(server: Server) -> None:
    now, most, lock = 0, 0, threading.Lock()

    def answer(handler: Handler) -> None:
        nonlocal now, most
        with lock:
            now += 1
            most = max(most, now)
        time.sleep(0.02)
        with lock:
            now -= 1
        status(200)(handler)

    server.answers["/"] = answer
    answers_of([server.url("/", f"h{number}.test") for number in range(9)], Manners(side_by_side=3, may_connect=is_any))
    assert most <= 3


def test_a_host_that_asks_to_wait_is_left_alone_so_long(server: Server) -> None:
    server.answers |= {"/a": in_turn(status(429, Retry_After="1"), status(200)), "/b": status(200)}
    answers_of([server.url("/a"), server.url("/b")])
    first, *others = server.requests
    assert len(others) == 2
    assert all(one.began - first.began >= 1 for one in others)


def test_a_host_that_has_had_enough_is_not_asked_again(server: Server) -> None:
    server.answers["/a"] = status(429, Retry_After="3600")
    answers = answers_of([server.url(path) for path in ("/a", "/b", "/c")])
    assert [one.verdict for one in answers] == [Verdict.REFUSED] * 3
    assert server.asked() == ["HEAD /a"]


def test_waits_grow(server: Server) -> None:
    server.answers["/a"] = status(503)
    answer_of(server.url("/a"), Manners(delay=0, back_off=0.05, may_connect=is_any))
    first, second, third = server.requests
    assert second.began - first.began >= 0.05
    assert third.began - second.began >= 0.1


def test_a_retry_date_is_understood(server: Server) -> None:
    server.answers["/a"] = status(503, Retry_After=format_datetime(dt.datetime.now(dt.UTC) + dt.timedelta(hours=1)))
    wait = reply_of(server.url("/a")).wait
    assert wait is not None
    assert 3500 < wait <= 3600


def test_a_host_without_a_name_is_looked_up_once(names: Names) -> None:
    answers = answers_of([f"http://nowhere.example/{number}" for number in range(5)])
    assert [one.detail for one in answers] == ["no such host"] * 5
    assert names.looked_up == ["nowhere.example"]


def test_whoever_is_asked_learns_who_asks_and_sends_next_to_nothing(server: Server) -> None:
    server.answers["/a"] = by_method(status(405), status(200))
    answer_of(server.url("/a#part"), Manners(agent="Test/1 (x)", delay=0, may_connect=is_any))
    head, get = server.requests
    assert (head.headers["User-Agent"], get.headers["User-Agent"]) == ("Test/1 (x)", "Test/1 (x)")
    assert "Range" not in head.headers
    assert get.headers["Range"] == "bytes=0-0"


# --- what may not be asked ------------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    "address",
    ["127.0.0.1", "10.1.2.3", "172.16.0.1", "192.168.1.1", "169.254.169.254", "100.64.0.1", "0.0.0.0", "224.0.0.1",  # noqa: S104 -- not listened to
     "255.255.255.255", "240.0.0.1", "::1", "::", "fe80::1", "fe80::1%eth0", "fc00::1", "ff02::1", "::ffff:10.0.0.1",
     "::ffff:127.0.0.1", "2002:7f00:1::", "64:ff9b::a00:1", "::7f00:1", "2001:db8::1"],
)  # fmt: skip
def test_an_address_that_is_not_public_is_known(address: str) -> None:
    assert not is_public(address)


@pytest.mark.parametrize(
    "address", ["93.184.216.34", "8.8.8.8", "2606:4700:4700::1111", "64:ff9b::808:808", "::ffff:8.8.8.8"]
)
def test_a_public_address_is_known(address: str) -> None:
    assert is_public(address)


@pytest.mark.parametrize("host", ["127.0.0.1", "[::1]", "a.test", "[::ffff:127.0.0.1]", "a.test."])
def test_this_machine_is_not_asked(server: Server, names: Names, host: str) -> None:
    names.known["a.test."] = ["127.0.0.1"]
    answer = answer_of(server.url("/", host), Manners(delay=0))
    assert answer.verdict is Verdict.PRIVATE
    assert server.requests == []


@pytest.mark.parametrize(
    "location", ["http://127.0.0.2:{port}/secret", "http://inside.test:{port}/secret", "http://[::1]:{port}/secret"]
)
def test_a_redirect_into_a_private_network_is_not_followed(server: Server, names: Names, location: str) -> None:
    names.known["inside.test"] = ["127.0.0.2"]
    server.answers["/a"] = to(location.format(port=server.server_port))
    answer = answer_of(server.url("/a"), Manners(delay=0, may_connect=lambda address: address == "127.0.0.1"))
    assert answer.verdict is Verdict.PRIVATE
    assert server.asked() == ["HEAD /a"]


def test_a_name_that_changes_what_it_stands_for_is_caught(server: Server, names: Names) -> None:
    names.known["a.test"] = ["127.0.0.1", "127.0.0.2"]
    server.answers["/a"] = by_method(status(405), status(200))
    answer = answer_of(server.url("/a"), Manners(delay=0, may_connect=lambda address: address == "127.0.0.1"))
    assert answer.verdict is Verdict.PRIVATE
    assert server.asked() == ["HEAD /a"]


# --- bounds ---------------------------------------------------------------------------------------------------------


def test_a_body_is_not_read(server: Server) -> None:
    sent = 0

    def endless(handler: Handler) -> None:
        nonlocal sent
        handler.send_response(200)
        handler.end_headers()
        for _ in range(2000):
            handler.wfile.write(b"x" * 100_000)
            sent += 100_000

    server.answers["/a"] = by_method(status(405), endless)
    assert answer_of(server.url("/a")).verdict is Verdict.ALIVE
    time.sleep(0.05)
    assert sent < 20_000_000  # what the system takes in before anybody reads


def drip(connection: socket.socket) -> None:
    connection.sendall(b"HTTP/1.1 200 OK\r\nX: ")
    while True:
        connection.sendall(b"x")
        time.sleep(0.02)


def silence(connection: socket.socket) -> None:
    while connection.recv(100_000):
        pass


def forever_soon(connection: socket.socket) -> None:
    while True:
        connection.sendall(b"HTTP/1.1 100 Continue\r\n\r\n")
        time.sleep(0.02)


@pytest.mark.parametrize("scheme", ["http", "https"])
@pytest.mark.parametrize("talk", [drip, silence, forever_soon])
def test_no_answer_takes_longer_than_patience_lasts(
    names: Names, talk: Callable[[socket.socket], None], scheme: str
) -> None:
    assert names.known == {}
    with raw(talk) as port:
        began = time.monotonic()
        reply = reply_of(f"{scheme}://a.test:{port}/", Manners(patience=0.3, may_connect=is_any))
    assert reply.trouble in (
        {Trouble.TIMEOUT} if scheme == "http" or talk is silence else {Trouble.TIMEOUT, Trouble.TLS}
    )
    assert time.monotonic() - began < 10


def test_what_is_not_http_is_told(names: Names) -> None:
    assert names.known == {}
    with raw(lambda connection: connection.sendall(b"220 mail.example ESMTP\r\n")) as port:
        assert reply_of(f"http://a.test:{port}/").trouble is Trouble.NO_HTTP
    with raw(lambda connection: connection.sendall(b"HTTP/1.1 200 OK\r\n" + b"X: y\r\n" * 5000)) as port:
        assert reply_of(f"http://a.test:{port}/").trouble is Trouble.NO_HTTP


def test_a_closed_port_is_told(names: Names) -> None:
    assert names.known == {}
    with socket.create_server(("127.0.0.1", 0)) as taken:
        port = taken.getsockname()[1]
    assert reply_of(f"http://a.test:{port}/").trouble is Trouble.NO_CONNECTION


def test_whoever_stops_waits_for_nobody(names: Names) -> None:
    assert names.known == {}
    with raw(silence) as port, serving() as server:
        server.answers["/"] = status(200)
        urls = [server.url("/", "b.test"), *(f"http://a.test:{port}/{number}" for number in range(3))]
        answers = ask_all(
            [address for url in urls if (address := address_of(url))], Manners(may_connect=is_any), lambda: NOW
        )
        began = time.monotonic()
        assert next(answers)[1].verdict is Verdict.ALIVE
        answers.close()
        assert time.monotonic() - began < 10


# --- encryption -----------------------------------------------------------------------------------------------------


@pytest.fixture(scope="module")
def authority() -> trustme.CA:
    return trustme.CA()


@pytest.fixture
def trusted(authority: trustme.CA, names: Names, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:  # noqa: ARG001 -- names are looked up by it
    authority.cert_pem.write_to_path(str(tmp_path / "ca.pem"))
    monkeypatch.setenv("SSL_CERT_FILE", str(tmp_path / "ca.pem"))


def secure(authority: trustme.CA, host: str, not_after: dt.datetime | None = None) -> ssl.SSLContext:
    context = ssl.SSLContext(ssl.PROTOCOL_TLS_SERVER)
    authority.issue_cert(host, not_after=not_after).configure_cert(context)
    return context


@pytest.mark.parametrize(
    ("host", "days", "told"),
    [
        ("a.test", 1, "alive: 200 OK"),
        ("b.test", 1, "failed: no secure connection: Hostname mismatch, certificate is not valid for 'a.test'"),
        ("a.test", -1, "failed: no secure connection: certificate has expired"),
    ],
)
@pytest.mark.usefixtures("trusted")
def test_certificates_are_looked_at(authority: trustme.CA, host: str, days: int, told: str) -> None:
    until = dt.datetime.now(dt.UTC) + dt.timedelta(days=days)
    with serving(secure(authority, host, until)) as server:
        server.answers["/a"] = status(200)
        answer = answer_of(server.url("/a"))
    assert f"{answer.verdict}: {answer.detail}" == told


@pytest.mark.usefixtures("names")
def test_a_certificate_that_nobody_vouches_for_does_not_hold(authority: trustme.CA) -> None:
    with serving(secure(authority, "a.test")) as server:
        reply = reply_of(server.url("/a"))
    assert (reply.trouble, reply.detail) == (Trouble.TLS, "unable to get local issuer certificate")
    assert server.requests == []


def test_a_server_without_encryption_is_told(server: Server) -> None:
    url = server.url("/a").replace("http:", "https:")
    assert reply_of(url).trouble is Trouble.TLS


# --- addresses ------------------------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("url", "address"),
    [
        ("HTTP://Example.ORG", "http://example.org/"),
        ("http://example.org:80/a#b", "http://example.org/a"),
        ("https://example.org:443/a?b=c", "https://example.org/a?b=c"),
        ("https://example.org:8443", "https://example.org:8443/"),
        ("https://bücher.example/ä b", "https://xn--bcher-kva.example/%C3%A4%20b"),
        ("http://[::1]:8080/", "http://[::1]:8080/"),
        ("http://user:secret@example.org/", "http://example.org/"),
    ],
)
def test_an_address_has_one_form(url: str, address: str) -> None:
    assert str(address_of(url)) == address


@pytest.mark.parametrize(
    "url",
    ["", "mailto:a@example.org", "ftp://example.org/", "file:///etc/passwd", "http://", "http://[::1", "http://a:99999/", "http://a:0/",
     "http://☃.example/", "javascript:alert(1)", "//example.org/", "http://a/" + "x" * MAX_LENGTH],
)  # fmt: skip
def test_what_is_no_address_of_the_web_is_none(url: str) -> None:
    assert address_of(url) is None


@pytest.mark.parametrize("host", ["a..b", "a" * 70 + ".example"])
def test_a_name_that_can_be_none_is_told_like_one_that_is_not_there(host: str) -> None:
    assert reply_of(f"http://{host}/").trouble is Trouble.NO_HOST
