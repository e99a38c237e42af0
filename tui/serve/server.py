"""`naas serve`: the interface in a browser, from this machine to this machine unless somebody says otherwise.

The server answers nobody who comes from another page: a request must name this server (so that no other name
can be made to point here), and a connection must come from its own page (so that no other page can type into
somebody's interface). Everything a page needs is served from here; nothing is fetched from elsewhere.
"""

from __future__ import annotations

import asyncio
import json
import signal
import sys
import time
from collections.abc import Awaitable, Callable, Sequence
from contextlib import suppress
from dataclasses import asdict, dataclass, field
from importlib.resources import files
from pathlib import Path
from string import Template
from typing import Final
from urllib.parse import urlsplit

from aiohttp import WSMsgType, web
from textual_serve import server as package
from textual_serve.download_manager import DownloadManager

from tui.serve.session import Session
from tui.start import Wanted

LOCAL: Final = ("127.0.0.1", "localhost", "::1")
MOST_SESSIONS: Final = 8
HEARTBEAT: Final = 15.0
"""Seconds between two signs of life asked of a browser; one that gives none is gone."""

_STATIC: Final = {
    "js/textual.js": "text/javascript",
    "css/xterm.css": "text/css",
    "fonts/RobotoMono-VariableFont_wght.ttf": "font/ttf",
    "fonts/RobotoMono-Italic-VariableFont_wght.ttf": "font/ttf",
}
"""The files of textual-serve that a page needs; no other is served."""

_OWN: Final = {"page.css": "text/css", "page.js": "text/javascript"}
_HEADERS: Final = {
    "Content-Security-Policy": "default-src 'none'; script-src 'self'; style-src 'self' 'unsafe-inline'; "
    "font-src 'self'; img-src 'self' data:; connect-src 'self'; base-uri 'none'; form-action 'none'; "
    "frame-ancestors 'none'",
    "X-Content-Type-Options": "nosniff",
    "Referrer-Policy": "no-referrer",
    "Cache-Control": "no-store",
}


@dataclass(frozen=True)
class Serving:
    """What is served where. Every tab begins with what is `wanted`; `idle` is in seconds."""

    wanted: Wanted = field(default_factory=Wanted)
    host: str = "127.0.0.1"
    port: int = 8017
    idle: float = 3600.0

    @property
    def local(self) -> bool:
        """Whether only this machine is answered."""
        return self.host in LOCAL


class Server:
    """The pages, and the sessions that are going."""

    def __init__(self, serving: Serving, command: Callable[[], Sequence[str]] | None = None) -> None:
        self.serving = serving
        self.sessions: set[Session] = set()
        self.port = serving.port
        self._downloads = DownloadManager()
        self._command = command or self._usual_command

    def application(self) -> web.Application:
        """The routes, behind the checks."""
        found = web.Application(middlewares=[self._checked])
        found.add_routes(
            [
                web.get("/", self._index),
                web.get("/ws", self._connected),
                web.get("/download/{key}", self._download),
                web.get("/static/{name:.+}", self._static),
            ]
        )
        found.on_shutdown.append(self._shut_down)
        return found

    async def start(self) -> web.AppRunner:
        """Listen. Raises OSError where the port is taken or the host is not of this machine."""
        runner = web.AppRunner(self.application(), access_log=None)
        await runner.setup()
        try:
            await web.TCPSite(runner, self.serving.host, self.serving.port).start()
        except BaseException:
            await runner.cleanup()
            raise
        self.port = int(runner.addresses[0][1])
        return runner

    @property
    def address(self) -> str:
        """What to open in a browser."""
        host = f"[{self.serving.host}]" if ":" in self.serving.host else self.serving.host
        return f"http://{host}:{self.port}/"

    def _usual_command(self) -> list[str]:
        import os

        wanted = json.dumps(asdict(self.serving.wanted))
        return [sys.executable, "-m", "tui.serve", str(os.getpid()), wanted]

    @web.middleware
    async def _checked(
        self, request: web.Request, handler: Callable[[web.Request], object]
    ) -> web.StreamResponse:
        named = urlsplit(f"//{request.host}")
        if self.serving.local and named.hostname not in LOCAL:
            raise web.HTTPForbidden(text="This server answers its own machine only.", headers=_HEADERS)
        origin = request.headers.get("Origin")
        if origin is not None and urlsplit(origin).netloc != request.host:
            raise web.HTTPForbidden(text="This server answers its own page only.", headers=_HEADERS)
        answered: web.StreamResponse = await handler(request)  # type: ignore[misc]
        if not answered.prepared:
            answered.headers.update(_HEADERS)
        return answered

    async def _index(self, request: web.Request) -> web.Response:
        size = request.query.get("fontsize", "")
        page = Template(_own("page.html")).substitute(
            socket=f"ws://{request.host}/ws", size=size if size.isdigit() and 8 <= int(size) <= 40 else "16"
        )
        return web.Response(text=page, content_type="text/html")

    async def _static(self, request: web.Request) -> web.Response:
        name = request.match_info["name"]
        if name in _OWN:
            return web.Response(text=_own(name), content_type=_OWN[name])
        if name not in _STATIC:
            raise web.HTTPNotFound(text="There is no such file.", headers=_HEADERS)
        data = (Path(package.__file__).parent / "static" / name).read_bytes()
        return web.Response(body=data, content_type=_STATIC[name])

    async def _download(self, request: web.Request) -> web.StreamResponse:
        key = request.match_info["key"]
        try:
            about = await self._downloads.get_download_metadata(key)
        except KeyError:
            raise web.HTTPNotFound(text="There is no such file.", headers=_HEADERS) from None
        name = "".join(letter if letter.isalnum() or letter in "-_. " else "-" for letter in about.file_name)
        headers = {**_HEADERS, "Content-Disposition": f'attachment; filename="{name}"'}
        response = web.StreamResponse(headers=headers)
        response.content_type = about.mime_type
        await response.prepare(request)
        async for chunk in self._downloads.download(key):
            await response.write(chunk)
        await response.write_eof()
        return response

    async def _connected(self, request: web.Request) -> web.WebSocketResponse:
        if request.headers.get("Origin") is None:  # every browser says where a connection comes from
            raise web.HTTPForbidden(text="This server answers its own page only.", headers=_HEADERS)
        if len(self.sessions) >= MOST_SESSIONS:
            raise web.HTTPServiceUnavailable(text=f"{MOST_SESSIONS} tabs are open already.", headers=_HEADERS)
        socket = web.WebSocketResponse(heartbeat=HEARTBEAT, max_msg_size=1 << 20)
        await socket.prepare(request)
        session = Session(
            self._command(), socket.send_bytes, socket.send_str, _closing(socket), self._downloads
        )
        self.sessions.add(session)
        watching = asyncio.create_task(self._idle(session, socket))
        try:
            await session.start(_size(request, "width", 80), _size(request, "height", 24))
            await _follow(socket, session)
        finally:
            watching.cancel()
            await asyncio.shield(self._ended(session))
        return socket

    async def _ended(self, session: Session) -> None:
        await session.stop()
        self.sessions.discard(session)

    async def _idle(self, session: Session, socket: web.WebSocketResponse) -> None:
        """Close a tab in which nothing is done for long; drafts and results are kept."""
        while True:
            left = session.touched + self.serving.idle - time.monotonic()
            if left <= 0:
                await socket.close()
                return
            await asyncio.sleep(left)

    async def _shut_down(self, _: web.Application) -> None:
        await asyncio.gather(*(self._ended(session) for session in list(self.sessions)))


async def serve(server: Server, ready: Callable[[Server], None]) -> None:
    """Serve until SIGINT, SIGTERM or SIGHUP; then end every session. Raises OSError as `Server.start`."""
    runner = await server.start()
    ended = asyncio.Event()
    loop = asyncio.get_running_loop()
    for name in ("SIGINT", "SIGTERM", "SIGHUP"):
        if hasattr(signal, name):
            with suppress(NotImplementedError):
                loop.add_signal_handler(getattr(signal, name), ended.set)
    ready(server)
    try:
        await ended.wait()
    finally:
        await server._shut_down(runner.app)
        await runner.cleanup()


async def _follow(socket: web.WebSocketResponse, session: Session) -> None:
    """Hand on what the browser says, until it closes."""
    async for message in socket:
        if message.type != WSMsgType.TEXT:
            continue
        try:
            kind, *said = message.json()
        except (ValueError, TypeError):
            continue
        if kind == "stdin" and said and isinstance(said[0], str):
            await session.send_bytes(said[0].encode())
        elif kind == "resize" and said and isinstance(said[0], dict):
            width, height = said[0].get("width"), said[0].get("height")
            if isinstance(width, int) and isinstance(height, int):
                await session.set_terminal_size(_within(width), _within(height))
        elif kind == "ping" and said:
            await socket.send_json(["pong", said[0]])
        elif kind == "focus":
            await session.focus()
        elif kind == "blur":
            await session.blur()


def _closing(socket: web.WebSocketResponse) -> Callable[[], Awaitable[None]]:
    async def close() -> None:
        await socket.close()

    return close


def _size(request: web.Request, name: str, usual: int) -> int:
    text = request.query.get(name, "")
    return _within(int(text)) if text.isdigit() and len(text) < 5 else usual


def _within(cells: int) -> int:
    return max(20, min(cells, 500))


def _own(name: str) -> str:
    return files("tui.serve").joinpath("page", name).read_text(encoding="utf-8")
