"""The interface in a browser: who is answered, what a page fetches, and that no process outlives its tab."""

from __future__ import annotations

import asyncio
import inspect
import os
import re
import signal
import subprocess
import sys
import urllib.request
from collections.abc import Awaitable, Callable
from pathlib import Path

import pytest
from aiohttp import ClientSession, WSServerHandshakeError, web

import cli.serve
import cli.tui
from cli.app import app as commands
from cli.failures import guarded
from tui.serve import __main__ as tab
from tui.serve import session as sessions
from tui.serve.server import Server, Serving
from tui.start import Wanted

pytestmark = pytest.mark.e2e

STUBBORN = """
import signal, sys, time
signal.signal(signal.SIGTERM, signal.SIG_IGN)
sys.stdout.write("__GANGLION__\\n"); sys.stdout.flush()
while True:
    time.sleep(0.1)
"""
"""An interface that neither quits when asked nor minds a signal."""


def served(test: Callable[[Server, ClientSession], Awaitable[None]], serving: Serving | None = None) -> None:
    async def run() -> None:
        server = Server(serving or Serving(port=0), lambda: [sys.executable, "-c", STUBBORN])
        runner: web.AppRunner = await server.start()
        try:
            async with ClientSession() as browser:
                await asyncio.wait_for(test(server, browser), 20)
        finally:
            await runner.cleanup()

    asyncio.run(run())


def alive(pid: int) -> bool:
    try:
        os.kill(pid, 0)
    except ProcessLookupError:
        return False
    return True


def test_a_page_fetches_nothing_from_elsewhere() -> None:
    async def test(server: Server, browser: ClientSession) -> None:
        async with browser.get(server.address) as answered:
            page = await answered.text()
            rules = answered.headers["Content-Security-Policy"]
        assert answered.status == 200
        fetched = re.findall(r'(?:src|href|socket-url)="([^"]+)"', page)
        own = [name for name in fetched if not name.startswith(("ws://127.0.0.1:", "data:,"))]
        assert len(own) >= 4
        assert f"ws://127.0.0.1:{server.port}/ws" in fetched
        assert all(name.startswith("/static/") for name in own)
        assert "https:" not in rules
        assert "default-src 'none'" in rules
        for name in own:
            async with browser.get(f"{server.address.rstrip('/')}{name}") as found:
                text = (await found.read()).decode(errors="replace")
            assert found.status == 200
            if name.endswith((".css", ".html")):
                assert not re.findall(r"url\(['\"]?https?:|@import", text)

    served(test)


@pytest.mark.parametrize("name", ["server.py", "../server.py", "css/", "", "%2e%2e/server.py"])
def test_no_other_file_is_served(name: str) -> None:
    async def test(server: Server, browser: ClientSession) -> None:
        async with browser.get(f"{server.address}static/{name}") as answered:
            assert answered.status == 404

    served(test)


def test_only_its_own_page_is_answered() -> None:
    async def test(server: Server, browser: ClientSession) -> None:
        for headers in ({"Host": "elsewhere.example"}, {"Origin": "http://elsewhere.example"}):
            async with browser.get(server.address, headers=headers) as answered:
                assert answered.status == 403
        socket = f"ws://127.0.0.1:{server.port}/ws"
        for origin in ("http://elsewhere.example", f"http://127.0.0.1:{server.port + 1}", None):
            with pytest.raises(WSServerHandshakeError) as caught:
                await browser.ws_connect(socket, origin=origin)
            assert caught.value.status == 403
        assert not server.sessions

    served(test)


def test_a_tab_that_closes_leaves_no_process_even_a_stubborn_one(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(sessions, "GRACE", 0.2)

    async def test(server: Server, browser: ClientSession) -> None:
        origin = server.address.rstrip("/")
        socket = await browser.ws_connect(f"ws://127.0.0.1:{server.port}/ws", origin=origin)
        while not (found := [one for one in server.sessions if one._process is not None]):
            await asyncio.sleep(0.01)
        process = found[0]._process
        assert process is not None
        await socket.close()
        await process.wait()
        assert not alive(process.pid)
        while server.sessions:
            await asyncio.sleep(0.01)

    served(test)


def test_a_tab_in_which_nothing_is_done_is_closed(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(sessions, "GRACE", 0.2)

    async def test(server: Server, browser: ClientSession) -> None:
        origin = server.address.rstrip("/")
        socket = await browser.ws_connect(f"ws://127.0.0.1:{server.port}/ws", origin=origin)
        async for _ in socket:
            pass
        while server.sessions:
            await asyncio.sleep(0.01)

    served(test, Serving(port=0, idle=0.3))


def test_an_interface_ends_when_its_server_is_gone() -> None:
    code = "import sys, time; from scenarios.watch import end_with_parent\n"
    code += "end_with_parent(int(sys.argv[1]), 0.05); time.sleep(60)"
    nobody = 2**22 - 3  # never the parent
    done = subprocess.run([sys.executable, "-c", code, str(nobody)], timeout=20, check=False)
    assert done.returncode == 0


def test_as_typed_it_answers_and_ends_at_once(tmp_path: Path) -> None:
    command = [sys.executable, "-c", "from cli.main import main; main()", "serve", "--port", "0"]
    environment = {**os.environ, "NAAS_STATE": str(tmp_path)}
    with subprocess.Popen(command, stderr=subprocess.PIPE, text=True, env=environment) as process:
        assert process.stderr is not None
        said = process.stderr.readline()
        address = re.search(r"http://127\.0\.0\.1:\d+/", said)
        assert address is not None
        with urllib.request.urlopen(address.group(), timeout=10) as answered:
            assert b"NAAS policy simulator" in answered.read()
        process.send_signal(signal.SIGTERM)
        assert process.wait(timeout=20) == 0


def test_it_takes_what_the_terminal_takes_and_every_tab_begins_with_it(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Costs open with one's own case, council, size and look, through the process that a tab starts."""
    case = tmp_path / "ours.yaml"
    case.write_text("case: ours\nlines:\n  leavers:\n    payer: department\n", encoding="utf-8")
    seen: list[Serving] = []

    async def keep(server: Server, _: object) -> None:
        seen.append(server.serving)

    monkeypatch.setattr("tui.serve.server.serve", keep)
    monkeypatch.setenv("NAAS_RESULTS", "")  # --store sets it
    words = ["serve", "voluntary", "mandatory", "--case", str(case), "--council", "leeds", "--scale", "0.1"]
    words += ["-n", "8", "--theme", "dark", "--glyphs", "ascii", "--store", str(tmp_path / "results")]
    assert guarded(lambda: commands(words, prog_name="naas", standalone_mode=False)) == 0
    command = Server(seen[0])._command()
    begun: list[Wanted] = []
    monkeypatch.setattr(sys, "argv", command[2:])
    monkeypatch.setattr(tab, "end_with_parent", lambda _: None)
    monkeypatch.setattr(tab, "opened", begun.append)
    tab.main()
    [wanted] = begun
    assert (wanted.screen, list(wanted.scenarios)) == ("costs", ["voluntary", "mandatory"])
    assert (wanted.case, wanted.council) == (str(case), "Leeds")
    assert wanted.settings == {"replications": 8, "scale": 0.1}
    assert (wanted.theme, wanted.glyphs) == ("naas-dark", "ascii")
    assert os.environ["NAAS_RESULTS"] == str(tmp_path / "results")


@pytest.mark.parametrize(
    "words",
    [["--case", "none.yaml"], ["--council", "Atlantis"], ["--scale", "0"], ["help"], ["--theme", "x"]],
)
def test_what_cannot_be_opened_is_said_before_anything_is_served(
    words: list[str], monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    monkeypatch.setattr("tui.serve.server.serve", lambda *_: pytest.fail("it was served"))
    assert guarded(lambda: commands(["serve", *words], prog_name="naas", standalone_mode=False)) != 0
    assert "nothing was run" in capsys.readouterr().err


def test_the_options_of_serve_are_those_of_the_terminal() -> None:
    terminal, browser = (set(inspect.signature(one).parameters) for one in (cli.tui.tui, cli.serve.serve))
    assert terminal - browser == {"plain"}


def test_another_host_comes_with_a_warning_in_words(capsys: pytest.CaptureFixture[str]) -> None:
    from cli.serve import _ready

    _ready(Server(Serving(host="0.0.0.0")))
    assert "there is no login" in capsys.readouterr().err
    _ready(Server(Serving()))
    assert "login" not in capsys.readouterr().err
