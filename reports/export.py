"""Writing a page to a file: in a form chosen by name or by the file's ending, whole or not at all."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import Final

from reports.html import html
from reports.legible import legible
from reports.markdown import markdown
from reports.page import Page
from reports.plain import plain
from reports.tabular import csv_text, json_text
from rules.errors import InputError, nearest, problem
from scenarios import atomic

CODES: Final[dict[str, str]] = {
    "X001": "No such form of export.",
    "X002": "The file is there already.",
    "X003": "The file cannot be written.",
    "X004": "The page has no such block.",
}


@dataclass(frozen=True)
class Form:
    """A form in which a page leaves. `mark` is a byte order mark where programs need one."""

    name: str
    label: str
    endings: tuple[str, ...]
    text: Callable[[Page], str]
    mark: str = ""


FORMS: Final[Mapping[str, Form]] = {
    form.name: form
    for form in (
        Form("html", "HTML, the brief: to read, print or send", (".html", ".htm"), html),
        Form("csv", "CSV, the figures: for a spreadsheet", (".csv",), csv_text, "\ufeff"),
        Form("markdown", "Markdown, to go on writing in", (".md", ".markdown"), markdown),
        Form("json", "JSON, for a program", (".json",), json_text),
        Form("text", "Plain text", (".txt",), plain),
    )
}
"""Every form by name, what most people leave with first.

A spreadsheet takes a CSV file for UTF-8 only with a byte order mark.
"""


def form_named(name: str) -> Form:
    """The form with a name. Raises `InputError` X001."""
    if name not in FORMS:
        hint = nearest(name, FORMS) or f"one of {', '.join(FORMS)}"
        raise problem("X001", f"no form of export is called '{legible(name)}'", hint=hint)
    return FORMS[name]


def form_of(path: Path) -> Form:
    """The form that a file's ending says. Raises `InputError` X001."""
    for form in FORMS.values():
        if path.suffix.lower() in form.endings:
            return form
    endings = ", ".join(form.endings[0] for form in FORMS.values())
    drawn = "; a picture (.svg) is of a screen: naas tui, then x" if path.suffix.lower() == ".svg" else ""
    raise problem("X001", f"'{path.name}' does not end in a form of export", hint=f"one of {endings}{drawn}")


def text_of(page: Page, form: str) -> str:
    """A page in a form, as a text."""
    return form_named(form).text(page)


def part(page: Page, *blocks: str) -> Page:
    """The page with only these blocks, in that order. Raises `InputError` X004."""
    try:
        return page.model_copy(update={"blocks": tuple(page.block(name) for name in blocks)})
    except KeyError as missing:
        raise problem("X004", f"the page has no block {missing}") from None


def write(page: Page, path: Path, *, form: str = "", replace: bool = False) -> Path:
    """Write a page to a file and say where.

    The form is the one named, else the one that the file's ending says. Raises `InputError` when the file is
    there already and is not to be replaced (X002), or cannot be written (X003).
    """
    chosen = form_named(form) if form else form_of(path)
    return write_text(chosen.mark + chosen.text(page), path, replace=replace)


def write_text(text: str, path: Path, *, replace: bool = False) -> Path:
    """Write a text to a file, whole or not at all; as `write` otherwise."""
    try:
        found = path.expanduser()
        if not found.name:
            raise problem("X003", "a file needs a name")
        found.parent.mkdir(parents=True, exist_ok=True)
    except (OSError, RuntimeError, ValueError) as error:  # RuntimeError: nobody's home
        raise _unwritten(path, error) from None
    data = text.encode("utf-8", errors="backslashreplace")
    try:
        if replace:
            atomic.write(found, data)
        else:
            atomic.write_new(found, data)
    except FileExistsError:
        raise there_already(found) from None
    except (OSError, ValueError) as error:
        raise _unwritten(found, error) from None
    return found


def there_already(path: Path) -> InputError:
    """What is said of a file that would be written over: X002."""
    return problem("X002", f"'{path}' is there already", hint="nothing was written; say so to replace it")


def _unwritten(path: Path, error: Exception) -> InputError:
    if isinstance(error, InputError):
        return error
    said = (error.strerror if isinstance(error, OSError) else "") or str(error)
    return problem("X003", f"'{path}' cannot be written: {said}")
