"""Reading a YAML file as plain data with a place for every value, and refusing what cannot be trusted.

Nothing is ever constructed from a tag, and anchors are refused, so a small file cannot grow into a large one.
The tree is built from parser events without recursion: depth and size are refused while reading, not after.
"""

from __future__ import annotations

import math
import re
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any, Literal

import yaml

from rules.errors import InputError, Place, Problem, problem

MAX_BYTES = 1 << 20
MAX_DEPTH = 20
MAX_NODES = 20_000
MAX_NUMBER = 10**12
MAX_EXCERPT = 2_000
MAX_PROBLEMS = 50

CODES: Mapping[str, str] = {
    "D001": "The file does not exist.",
    "D002": "The path is a directory, or something else that is not a file.",
    "D003": "The file cannot be read.",
    "D004": "The file is larger than 1 MiB.",
    "D005": "The file is not UTF-8 text.",
    "D006": "The file is not valid YAML.",
    "D007": "The file is nested more than 20 levels deep.",
    "D008": "The file holds more than 20,000 values.",
    "D009": "The file is empty.",
    "D010": "The file holds more than one document.",
    "D011": "A key is written twice in the same mapping.",
    "D012": "The file uses an anchor, an alias or a merge key.",
    "D013": "The file uses a tag.",
    "D014": "A key is not plain text.",
    "D015": "A number is not finite, too large, or not written in plain digits.",
    "D016": "A bare word is read by YAML as true or false.",
    "D020": "A value is of another kind than expected.",
    "D021": "A key is not one of those that may stand here.",
    "D022": "A required key is missing.",
    "D023": "A value is not one of the choices.",
    "D024": "A value is outside its range.",
    "D025": "A date is not a date of the calendar, written like 2017-01-31.",
    "D026": "A text or a list is empty or too long.",
    "D027": "A text holds a control character, which could steer the terminal that shows it.",
}
"""What each document error means."""

Scalar = bool | int | float | str | None


@dataclass(frozen=True)
class Text:
    """A file's name, as it was given, and its lines."""

    file: str
    lines: tuple[str, ...]

    def excerpt(self, line: int) -> str:
        """A line for an error message: printable, of one column a character, cut when very long."""
        if not 1 <= line <= len(self.lines):
            return ""
        shown = self.lines[line - 1][:MAX_EXCERPT]
        return "".join(sign if sign.isprintable() else " " for sign in shown).rstrip()


@dataclass
class Node:
    """One value of a document: its kind, its content and where it stands.

    `value` is a scalar, a list of nodes, or a dictionary of nodes by key. `misread` says what YAML makes of a
    bare word such as `no` ("false"); `value` then holds the word itself.
    """

    kind: Literal["mapping", "sequence", "scalar"]
    place: Place
    text: Text
    value: Scalar | list[Node] | dict[str, Node] = None
    key_places: dict[str, Place] = field(default_factory=dict)
    misread: str = ""

    def found(self) -> str:
        """What this is, for an error message."""
        if self.kind != "scalar":
            return f"a {'mapping' if self.kind == 'mapping' else 'list'}"
        if self.value is None:
            return "nothing"
        if isinstance(self.value, bool):
            return "true" if self.value else "false"
        return f"'{shortened(self.value)}'" if isinstance(self.value, str) else str(self.value)


def read_document(path: Path) -> Node:
    """The content of a YAML file.

    Raises InputError (D001 to D015) with every problem found before the reading had to stop.
    """
    return parse(_decoded(path, _bytes(path)), str(path))


def parse(text: str, file: str) -> Node:
    """The content of YAML text; `file` names it in errors. Raises InputError as `read_document` does."""
    return _Builder(Text(file, tuple(_LINE_BREAK.split(text)))).build(text)


def _bytes(path: Path) -> bytes:
    where = Place(str(path))
    try:
        if not path.exists():
            raise problem("D001", "there is no such file", where)
        if not path.is_file():
            raise problem("D002", "this is a directory or a device, and a file is needed", where)
        with path.open("rb") as stream:
            content = stream.read(MAX_BYTES + 1)
    except (OSError, ValueError) as error:
        if isinstance(error, InputError):
            raise
        reason = error.strerror if isinstance(error, OSError) and error.strerror else str(error)
        raise problem("D003", f"the file cannot be read: {reason.lower()}", where) from error
    if len(content) > MAX_BYTES:
        raise problem("D004", "the file is larger than 1 MiB", where)
    return content


def _decoded(path: Path, content: bytes) -> str:
    try:
        return content.decode("utf-8-sig")
    except UnicodeDecodeError as error:
        good = content[: error.start].decode("utf-8-sig")
        line, column = good.count("\n") + 1, len(good) - (good.rfind("\n") + 1) + 1
        where = Place(str(path), line, column)
        raise problem("D005", "the file is not UTF-8 text", where, "save it as UTF-8") from error


class _Builder:
    """Turns parser events into nodes, collecting problems; an open container is (node, its waiting key)."""

    def __init__(self, text: Text) -> None:
        self.text = text
        self.problems: list[Problem] = []
        self.open: list[tuple[Node, list[tuple[str, Place]]]] = []
        self.root: Node | None = None
        self.nodes = 0

    def build(self, text: str) -> Node:
        if bad := _NOT_YAML.search(text):
            line, column = (
                text.count("\n", 0, bad.start()) + 1,
                bad.start() - text.rfind("\n", 0, bad.start()),
            )
            message = f"not valid YAML: the character {bad.group()!r} may not stand in a file"
            self._stop("D006", message, Place(self.text.file, line, column))
        try:
            for event in _events(text):
                self._take(event)
        except yaml.YAMLError as error:
            self._syntax(error)
        if self.problems:
            raise InputError(in_order(self.problems))
        if self.root is None or (self.root.kind == "scalar" and self.root.value is None):
            raise problem("D009", "the file is empty", Place(self.text.file))
        return self.root

    def _take(self, event: yaml.Event) -> None:
        if isinstance(event, yaml.DocumentStartEvent):
            if self.root is not None:
                self._stop("D010", "a second document begins here; a file holds one", self._place(event))
        elif isinstance(event, yaml.AliasEvent):
            message = f"'*{event.anchor}' repeats another value; write the value out"
            self._report("D012", message, self._place(event))
            self._add(Node("scalar", self._place(event), self.text))
        elif isinstance(event, yaml.NodeEvent):
            self._start(event)
        elif isinstance(event, yaml.CollectionEndEvent):
            self.open.pop()

    def _start(self, event: yaml.NodeEvent) -> None:
        place = self._place(event)
        if event.anchor is not None:
            self._report("D012", f"'&{event.anchor}' is an anchor; anchors and aliases are not used", place)
        if (tag := getattr(event, "tag", None)) is not None:
            self._report("D013", f"'{shortened(tag)}' is a tag; tags are not used", place)
        self.nodes += 1
        if self.nodes > MAX_NODES:
            self._stop("D008", f"the file holds more than {MAX_NODES:,} values", place)
        if isinstance(event, yaml.ScalarEvent):
            self._add(self._scalar(event, place))
            return
        if len(self.open) >= MAX_DEPTH:
            self._stop("D007", f"the file is nested more than {MAX_DEPTH} levels deep", place)
        mapping = isinstance(event, yaml.MappingStartEvent)
        node = Node("mapping" if mapping else "sequence", place, self.text, {} if mapping else [])
        self._add(node)
        self.open.append((node, []))

    def _add(self, node: Node) -> None:
        if not self.open:
            self.root = self.root or node
            return
        parent, waiting = self.open[-1]
        if isinstance(parent.value, list):
            parent.value.append(node)
        elif isinstance(parent.value, dict):
            if waiting:
                key, place = waiting.pop()
                if key in parent.value:
                    first = parent.key_places[key].line
                    self._report("D011", f"'{shortened(key)}' is already given on line {first}", place)
                    return
                parent.value[key] = node
                parent.key_places[key] = place
            else:
                waiting.append((self._key(node), node.place))

    def _key(self, node: Node) -> str:
        if (
            node.kind != "scalar"
            or node.value is None
            or node.misread
            or isinstance(node.value, bool | float)
        ):
            hint = f"YAML reads it as {node.misread}; put it in quotes" if node.misread else ""
            self._report("D014", f"{node.found()} stands where a key is expected", node.place, hint)
            # A stand-in that no second bad key can repeat.
            return f"\0{node.place.line}:{node.place.column}"
        if node.value == "<<":
            self._report("D012", "'<<' merges another mapping; write the keys out", node.place)
        return str(node.value)

    def _scalar(self, event: yaml.ScalarEvent, place: Place) -> Node:
        node = Node("scalar", place, self.text, event.value)
        if event.style or not event.implicit[0]:
            return node
        word: str = event.value
        if word in ("", "~", "null", "Null", "NULL"):
            node.value = None
        elif word in ("true", "false"):
            node.value = word == "true"
        elif word.lower() in _BOOLEAN_WORDS:
            node.misread = _BOOLEAN_WORDS[word.lower()]
        elif _NUMBER_LIKE.fullmatch(word):
            node.value = self._number(word, place)
        return node

    def _number(self, word: str, place: Place) -> int | float:
        hint = "put it in quotes if it is not a number"
        if not _PLAIN_NUMBER.fullmatch(word):
            said = f"'{shortened(word)}' is not a number written in plain digits{self._under()}"
            self._report("D015", said, place, hint)
            return 0
        size = float(word)
        if not math.isfinite(size) or abs(size) > MAX_NUMBER:
            said = f"'{shortened(word)}' is too large a number{self._under()}"
            self._report("D015", said, place, hint)
            return 0
        return size if "." in word else int(word)

    def _under(self) -> str:
        """Which entry a value belongs to, as far as keys tell: " (parameters, take_up.expected, value)"."""
        keys = []
        for index, (node, waiting) in enumerate(self.open):
            if not isinstance(node.value, dict):
                continue
            if index < len(self.open) - 1:
                keys += [next(reversed(node.value))] if node.value else []
            elif waiting:
                keys.append(waiting[-1][0])
        return f" ({', '.join(shortened(key) for key in keys)})" if keys else ""

    def _syntax(self, error: yaml.YAMLError) -> None:
        mark = getattr(error, "problem_mark", None)
        line, column = (mark.line + 1, mark.column + 1) if mark else (0, 0)
        reason = getattr(error, "problem", None) or str(error)
        excerpt = self.text.excerpt(line)
        hint = ""
        if 0 < line <= len(self.text.lines) and "\t" in self.text.lines[line - 1]:
            hint = "the line holds a tab; indent with spaces"
        place = Place(self.text.file, line, column)
        self.problems.append(Problem("D006", f"not valid YAML: {reason}", place, hint, excerpt))

    def _report(self, code: str, message: str, place: Place, hint: str = "") -> None:
        if len(self.problems) < MAX_PROBLEMS:
            self.problems.append(Problem(code, message, place, hint, self.text.excerpt(place.line)))

    def _stop(self, code: str, message: str, place: Place) -> None:
        """Reading on would be unsafe or pointless: raise what was found so far."""
        self.problems = self.problems[: MAX_PROBLEMS - 1]
        self._report(code, message, place)
        raise InputError(in_order(self.problems))

    def _place(self, event: yaml.Event) -> Place:
        mark: Any = event.start_mark  # every event of a parser has one, though the stubs allow none
        return Place(self.text.file, mark.line + 1, mark.column + 1)


_LINE_BREAK = re.compile("\r\n|[\r\n\x85\u2028\u2029]")
_NOT_YAML = re.compile("[^\t\n\r\x20-\x7e\x85\xa0-\ud7ff\ue000-\ufffd\U00010000-\U0010ffff]")
_BOOLEAN_WORDS = {
    "yes": "true",
    "on": "true",
    "true": "true",
    "no": "false",
    "off": "false",
    "false": "false",
}
_PLAIN_NUMBER = re.compile(r"[-+]?(0|[1-9][0-9]*)(\.[0-9]+)?")
# Everything that some YAML reader takes for a number: octal, hexadecimal, exponents, sixties, .inf and .nan.
_NUMBER_LIKE = re.compile(
    r"[-+]?(\.inf|\.nan|inf|nan|infinity|0x[0-9a-f_]+|0[ob][0-9_]+"
    r"|[0-9][0-9_,]*(:[0-5]?[0-9])*(\.[0-9_]*)?(e[-+]?[0-9]+)?|\.[0-9][0-9_]*(e[-+]?[0-9]+)?)",
    re.IGNORECASE,
)


def _events(text: str) -> Iterator[yaml.Event]:
    loader = getattr(yaml, "CSafeLoader", yaml.SafeLoader)
    return iter(yaml.parse(text, Loader=loader))


def in_order(problems: Iterable[Problem]) -> list[Problem]:
    """The problems in the order of the file, each once, and no more than a person will read."""
    placed = sorted(dict.fromkeys(problems), key=lambda found: (found.place or Place(""), found.code))
    return placed[:MAX_PROBLEMS]


def shortened(value: object) -> str:
    """A value as it may stand in a message: printable, and not longer than a line."""
    shown = "".join(sign if sign.isprintable() else "?" for sign in str(value))
    return shown if len(shown) <= 60 else shown[:57] + "..."
