"""Bad input: one clear error, exit code 2, nothing on standard output, nothing written."""

from __future__ import annotations

from pathlib import Path

import pytest
from commands import naas

from cli.codes import CODES

pytestmark = pytest.mark.unit

Capsys = pytest.CaptureFixture[str]

MISTAKES = [
    (("run", "mandatry"), "S001", "did you mean 'mandatory'?"),
    (("run", "missing.yaml"), "D001", ""),
    (("run", "mandatory", "--replications", "0"), "C001", "--replications"),
    (("run", "mandatory", "--replications", "-3"), "C001", "--replications"),
    (("run", "mandatory", "--seed", "-1"), "C001", "--seed"),
    (("run", "mandatory", "--jobs", "-1"), "C001", "--jobs"),
    (("run", "mandatory", "--scale", "nan"), "C001", "--scale"),
    (("run", "mandatory", "--scale", "inf"), "C001", "--scale"),
    (("run", "mandatory", "--scale", "1e9"), "C001", "--scale"),
    (("run", "mandatory", "--interval", "90"), "C001", "--interval"),
    (("run", "mandatory", "--until", "2099-01-01"), "C002", "2099-01-01"),
    (("run", "mandatory", "--until", "31/12/2021"), "C002", "31/12/2021"),
    (("run", "mandatory", "--until", "2016-12-01"), "S006", ""),
    (("run", "mandatory", "--measure", "acredited"), "C003", "did you mean 'accredited'?"),
    (
        ("run", "mandatory", "--set", "q5.practioner=within_6_months"),
        "S020",
        "did you mean 'q5.practitioner'?",
    ),
    (("compare", "voluntary", "mandatory", "--set", "leavers=15000"), "S020", "a price of naas cost"),
    (("cost", "council", "Kensington"), "K012", "did you mean 'Kensington and Chelsea'?"),
    (("cost", "council", "south"), "K012", "did you mean 'South "),
    (("cost", "council", "Leads"), "K012", "did you mean 'Leeds'?"),
    (("compare", "mandatory"), "C004", ""),
    (("compare", "mandatory", "mandatory"), "C004", ""),
    (("changed", "mandatory", "mandatory"), "C004", ""),
    (("sensitivity", "mandatory", "mandatory"), "C004", ""),
    (("compare", "mandatory", "scheme-from-scratch"), "S022", "--until"),
    (("run", "scheme-from-scratch", "--workforce", "nowhere.csv"), "S008", "region of England"),
    (("run", "mandatory", "--workforce", "nowhere.csv"), "W002", "nowhere.csv"),
    (("run", "mandatory", "--inner", "2"), "C010", "--uncertainty"),
    (("run", "mandatory", "--inner", "0", "--uncertainty", "parameters"), "C001", "--inner"),
    (("run", "mandatory", "--only", "-1"), "C001", "--only"),
    (("run", "mandatory", "--max-replications", "2"), "C001", "--max-replications"),
    (("run", "mandatory", "--precision", "accredited=1%", "--only", "3"), "C010", "--only"),
    (("compare", "voluntary", "mandatory", "--precision", "accredited=0"), "C011", "above 0"),
    (("compare", "voluntary", "mandatory", "--precision", "acredited=1%"), "C003", "'accredited'"),
    (("run", "mandatory", "--store", "/proc/no"), "S023", "--no-store"),
    (("run", "mandatory", "--store", "."), "S023", "something else"),
    (("run", "mandatory", "--scale", "0.01", "--cluster", "tcp://127.0.0.1:9"), "S024", "tcp://127.0.0.1:9"),
    (("run", "scheme-from-scratch", "--uncertainty", "parameters"), "S025", "no ranges"),
    (("results", "show", "nothing-like-it"), "C012", "naas results list"),
    (("results", "list", "--store", "nowhere"), "C012", "nowhere"),
    (("results", "prune", "--older-than", "-1"), "C001", "--older-than"),
    (("explain", "--fact", "contract=agncy"), "C005", "did you mean 'agency'?"),
    (("explain", "--fact", "attempt=99"), "C005", ""),
    (("explain", "--fact", "contract=agency", "--fact", "contract=employed"), "C005", "agency and employed"),
    (("explain", "--fact", "accredited=yes", "--fact", "accredited=no"), "C005", "true and false"),
    (("explain", "--fact", "hat=red"), "C005", "one of:"),
    (("explain", "--worker", "999999999", "--scale", "0.01"), "C006", ""),
    (("explain", "--worker", "1", "--scale", "0.01", "--replication", "-1"), "C006", ""),
    (("explain",), "C008", ""),
    (("explain", "-s", "scheme-from-scratch", "--fact", "functions=iro"), "C016", "scheme from scratch"),
    (("explain", "-s", "scheme-from-scratch", "--worker", "1"), "C016", "scheme from scratch"),
    (("show", "nothing-like-it"), "S001", ""),
    (("serve", "--port", "-1"), "C013", "--port"),
    (("export", "compare", "voluntary", "adcs", "--scale", "0.0123"), "C014", "has been run"),
    (("tui",), "C015", "--plain"),
    (("tui", "--plain", "comparee"), "S001", "did you mean 'compare', the screen?"),
    (("tui", "--plain", "run", "voluntary", "--seed", "-1"), "C001", "seed"),
    (("tui", "--theme", "purple"), "C001", "light, dark, contrast"),
    (("tui", "comprae", "voluntary"), "S001", "did you mean 'compare', the screen?"),
    (("tui", "library", "mandatry"), "S001", "did you mean 'mandatory'?"),
    (("tui", "no-such-file.yaml"), "D001", "no such file"),
    (("tui", "--interval", "90"), "C001", "--interval is 80 or 95, not 90"),
    (("tui", "--until", "2099-01-01"), "C002", "2026-12-31"),
    (("serve", "comprae"), "S001", "did you mean 'compare', the screen?"),
    (("export", "library", "--seed", "-1"), "C001", "--seed"),
]


@pytest.mark.parametrize(("words", "code", "said"), MISTAKES, ids=lambda item: " ".join(item) if item else "")
def test_each_mistake_is_one_clear_error(
    capsys: Capsys, words: tuple[str, ...], code: str, said: str
) -> None:
    ran = naas(capsys, *words)
    assert ran.code == 2
    assert ran.out == ""
    assert code in ran.err
    assert said in ran.err
    assert ran.err.endswith("1 error; nothing was run.\n")
    assert "Traceback" not in ran.err


def test_every_code_of_the_command_line_is_tried() -> None:
    elsewhere = {"C009", "C017", "C018"}  # the last two are met on a screen, in test_codes_of_views.py
    assert {code for _, code, _ in MISTAKES if code.startswith("C")} | elsewhere == set(CODES)


def test_a_journal_that_cannot_be_written(capsys: Capsys, tmp_path: Path) -> None:
    (tmp_path / "file").write_text("mine", encoding="utf-8")
    words = ("run", "mandatory", "--scale", "0.01", "--until", "2017-06-30", "--journal")
    for place, code in (("file", "X002"), ("file/events.csv", "X003")):
        ran = naas(capsys, *words, str(tmp_path / place))
        assert (ran.code, ran.out) == (2, "")
        assert code in ran.err
    assert (tmp_path / "file").read_text(encoding="utf-8") == "mine"
    ran = naas(capsys, *words, str(tmp_path / "file"), "--replace", "-n", "1", "--jobs", "1", "--no-store")
    assert ran.code == 0
    assert (tmp_path / "file").read_text(encoding="utf-8").startswith("day,date,worker,event,detail\n")


def test_errors_of_several_files_come_together(capsys: Capsys, tmp_path: Path) -> None:
    for name in ("one", "two"):
        text = f"id: {name}\ntitle: T\nwhy: W.\nlevers:\n  q99: 1\n"
        (tmp_path / f"{name}.yaml").write_text(text, encoding="utf-8")
    ran = naas(capsys, "compare", str(tmp_path / "one.yaml"), str(tmp_path / "two.yaml"))
    assert ran.err.count("S014") == 2
    assert "2 errors; nothing was run." in ran.err


@pytest.mark.parametrize(
    "words",
    [
        ("run", "mandatory", "--replications", "many"),
        ("run", "mandatory", "--nonsense"),
        ("compare",),
        ("frobnicate",),
        ("run", "mandatory", "--format", "xml"),
    ],
)
def test_what_the_command_line_cannot_read(capsys: Capsys, words: tuple[str, ...]) -> None:
    ran = naas(capsys, *words)
    assert (ran.code, ran.out) == (2, "")
    assert ran.err
    assert "Traceback" not in ran.err
    assert "Input should be" not in ran.err


def test_a_long_hint_is_folded_where_a_person_is_watching(
    capsys: Capsys, monkeypatch: pytest.MonkeyPatch
) -> None:
    words = ("explain", "--fact", "shoes=9")
    whole = naas(capsys, *words).err
    assert max(map(len, whole.splitlines())) > 100
    monkeypatch.setenv("COLUMNS", "80")
    monkeypatch.setattr("sys.stderr.isatty", lambda: True)
    folded = naas(capsys, *words).err
    assert max(map(len, folded.splitlines())) <= 80
    assert folded.split() == whole.split()


OPTIONS = ("--replications", "0", "--scale", "0", "--until", "soon", "--set", "q3=99", "--set", "q98=1")
TOLD = ("--replications is", "--scale is", "--until is", "99 is out of range for q3", "'q98' is neither")


@pytest.mark.parametrize(
    "words",
    [
        ("run", "mandatry"),
        ("compare", "voluntary", "mandatry"),
        ("changed", "voluntary", "mandatry"),
        ("attribute", "voluntary", "mandatry"),
        ("sensitivity", "mandatry"),
    ],
    ids=lambda words: words[0],
)
def test_every_mistake_is_told_at_the_first_attempt(capsys: Capsys, words: tuple[str, ...]) -> None:
    ran = naas(capsys, *words, *OPTIONS)
    assert (ran.code, ran.out) == (2, "")
    for said in (*TOLD, "unknown scenario 'mandatry'"):
        assert said in ran.err
    assert "6 errors; nothing was run." in ran.err


def test_a_range_upside_down_is_told_beside_other_mistakes(capsys: Capsys, tmp_path: Path) -> None:
    ran = naas(capsys, "cost", "voluntary", "--set", "leavers=5,3,1", *OPTIONS)
    for said in (*TOLD[:4], "the value of 'leavers' is not in rising order", "'q98' is no line or price"):
        assert said in ran.err
    path = tmp_path / "mine.yaml"
    text = "id: mine\ntitle: T\nwhy: W.\nparent: consultation\nlevers: {q99: 1}\nparameters:\n"
    text += "  take_up.expected: {value: 0.3, range: [0.5, 0.3, 0.1], assumption: Asked.}\n"
    text += "  result.elapsed: {distribution: {pert: [9, 3, 1]}, assumption: Asked.}\n"
    path.write_text(text, encoding="utf-8")
    ran = naas(capsys, "run", str(path), *OPTIONS)
    for said in (*TOLD, "S014", "expected min <= mode <= max", "min <= mode <= max, not (9"):
        assert said in ran.err


def test_a_device_is_refused_and_not_read(capsys: Capsys) -> None:
    for words in (
        ("run", "voluntary", "--workforce", "/dev/zero"),
        ("cost", "mandatory", "--case", "/dev/zero"),
        ("score", "/dev/zero", "out.csv"),
        ("check", "/dev/zero"),
    ):
        ran = naas(capsys, *words)
        assert (ran.code, ran.out, "a device" in ran.err) == (2, "", True)


def test_no_error_steers_the_terminal(capsys: Capsys, tmp_path: Path) -> None:
    path = tmp_path / "mine.yaml"
    path.write_text('id: mine\ntitle: "\\e[2J"\nwhy: W.\n', encoding="utf-8")
    told = [naas(capsys, "check", str(path)), naas(capsys, "run", "\x1b[2J"), naas(capsys, "show", str(path))]
    for ran in told:
        assert (ran.code, ran.out) == (2, "")
        assert "\x1b" not in ran.err
    assert "D027" in told[0].err
