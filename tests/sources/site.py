"""A loopback web site of our own sample pages and feeds: good, slow, broken, hostile."""

from __future__ import annotations

import gzip
import http.server
import threading
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field

# All invented, and marked as samples.
ENGLISH = (
    "Egypt rejected Ethiopia's demand for military aid on Thursday, the foreign ministry said in a sample statement.",
    "Turkey condemned the attack and threatened to impose sanctions on Syria, in what is a sample sentence for tests.",
    "The foreign ministry of Jordan urged Israel to halt the strikes and called for talks under the United Nations.",
)
ARABIC = (
    "رفضت مصر يوم الخميس طلب إثيوبيا الحصول على مساعدات عسكرية، بحسب بيان هو عينة للاختبار.",
    "وهددت تركيا بفرض عقوبات على سوريا بعد الهجوم الذي وقع قرب الحدود، في جملة كتبت عينة للاختبار.",
    "ودعت وزارة الخارجية الأردنية إسرائيل إلى وقف الهجمات والعودة إلى المحادثات برعاية الأمم المتحدة.",
)
Handle = Callable[[http.server.BaseHTTPRequestHandler], None]


@dataclass
class Site:
    """What a site answers: by path a function, or (status, headers, body). `asked` are the paths that were asked, with their headers."""

    url: str = ""
    answers: dict[str, tuple[int, dict[str, str], bytes] | Handle] = field(default_factory=dict)
    asked: list[tuple[str, dict[str, str]]] = field(default_factory=list)

    def put(self, path: str, body: bytes | str, status: int = 200, **headers: str) -> str:
        """Answer a path with this; gives its address. Header names are written with _ for -."""
        given = {name.replace("_", "-"): value for name, value in headers.items()}
        given.setdefault("Content-Type", "text/html; charset=utf-8")
        self.answers[path] = (status, given, body.encode() if isinstance(body, str) else body)
        return self.url + path

    def do(self, path: str, handle: Handle) -> str:
        """Let a function answer a path."""
        self.answers[path] = handle
        return self.url + path

    def paths(self) -> list[str]:
        """The paths that were asked, robots.txt left out."""
        return [path for path, _ in self.asked if path != "/robots.txt"]


@contextmanager
def serve() -> Iterator[Site]:
    """A site on a loopback port."""
    site = Site()

    class Handler(http.server.BaseHTTPRequestHandler):
        protocol_version = "HTTP/1.1"

        def do_GET(self) -> None:
            site.asked.append((self.path, dict(self.headers)))
            answer = site.answers.get(self.path, (404, {"Content-Type": "text/plain"}, b"none"))
            if callable(answer):
                self.close_connection = True
                try:
                    answer(self)
                except OSError:
                    return  # the client went away, as it should
                return
            status, headers, body = answer
            etag = headers.get("ETag")
            if etag and self.headers.get("If-None-Match") == etag:
                status, body = 304, b""
            self.send_response(status)
            for name, value in headers.items():
                self.send_header(name, value)
            self.send_header("Content-Length", str(len(body)))
            self.end_headers()
            if status != 304:
                self.wfile.write(body)

        def log_message(self, format: str, *args: object) -> None:
            pass

    server = http.server.ThreadingHTTPServer(("127.0.0.1", 0), Handler)
    server.daemon_threads = True
    thread = threading.Thread(target=server.serve_forever, kwargs={"poll_interval": 0.02}, daemon=True)
    thread.start()
    site.url = f"http://127.0.0.1:{server.server_address[1]}"
    try:
        yield site
    finally:
        server.shutdown()
        server.server_close()


def page(title: str, paragraphs: tuple[str, ...], head: str = "", more: str = "") -> str:
    """A news page with what stands around an article."""
    text = "".join(f"<p>{paragraph}</p>" for paragraph in paragraphs)
    return (
        f"<!doctype html><html><head><title>{title}</title>{head}</head><body><nav><a href='/'>Home</a> <a href='/world'>World</a></nav>"
        f"<main><article><h1>{title}</h1>{text}{more}</article></main><footer>Sample site</footer><script>document.title='run'</script></body></html>"
    )


def rss(*items: str, title: str = "Sample feed", declaration: str = '<?xml version="1.0" encoding="utf-8"?>') -> str:
    return f'{declaration}<rss version="2.0"><channel><title>{title}</title><link>/</link><description>Sample</description>{"".join(items)}</channel></rss>'


def item(link: str, title: str = "Sample", date: str = "Thu, 02 May 2024 18:30:00 +0300", more: str = "") -> str:
    return f"<item><title>{title}</title><link>{link}</link><pubDate>{date}</pubDate>{more}</item>"


def drip(piece: bytes, times: int, pause: float, headers: bytes = b"HTTP/1.1 200 OK\r\nContent-Type: text/html\r\n\r\n") -> Handle:
    """An answer that comes piece by piece."""

    def handle(request: http.server.BaseHTTPRequestHandler) -> None:
        request.wfile.write(headers)
        for _ in range(times):
            request.wfile.write(piece)
            request.wfile.flush()
            time.sleep(pause)

    return handle


def bomb(megabytes: int) -> bytes:
    """So many megabytes of zeros as gzip."""
    return gzip.compress(b"\0" * (megabytes * 1_000_000))
