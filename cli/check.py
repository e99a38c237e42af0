"""`naas check`: the rules audited, what they find in the consultation, and scenario files read."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer

from cli import options
from cli.failures import FAILED, FINE
from cli.output import Format, emphasis, paragraph, write, write_csv, write_json

if TYPE_CHECKING:
    from collections.abc import Sequence

    from rules.audit import AuditReport
    from rules.findings import Finding


def check(
    files: Annotated[
        list[Path] | None,
        typer.Argument(
            metavar="[FILE...]", help="Scenarios to check, by name or files, or a folder of rules."
        ),
    ] = None,
    form: options.FormatOption = Format.table,
) -> int:
    """Check the rules, or scenario files, and say what the consultation leaves open.

    \b
    naas check
    naas check my-option.yaml
    """
    folders = [path for path in files or [] if path.is_dir()]
    if files and not folders:
        return _scenarios(files, form)
    from rules.audit import audit

    report = audit(folders[0] if folders else None)
    if form is Format.json:
        write_json({"schema": 1, **report.to_dict()})
    elif form is Format.csv:
        _write_csv(report)
    else:
        for line in _lines(report):
            write(line)
    return FINE if report.sound else FAILED


def _scenarios(files: list[Path], form: Format) -> int:
    """Read every scenario; the errors of all of them come at once, and notes on what can be run."""
    from scenarios.centre_notes import centre_notes
    from scenarios.differences import differences
    from scenarios.line_up import load_all
    from scenarios.names import is_path, library

    # A file need not end in .yaml to be checked; a name of the library means what it means to `naas run`.
    bare = {
        path for path in files if path.is_file() and not is_path(str(path)) and str(path) not in library()
    }
    found = load_all([f"./{path}" if path in bare else str(path) for path in files])
    notes = [centre_notes(scenario) for scenario in found]
    rows = [
        {
            "file": str(path),
            "id": scenario.id,
            "parents": " > ".join(scenario.lineage[:-1]),
            "changes": len(differences(scenario, scenario.parent)) if scenario.parent else 0,
            "notes": said,
        }
        for path, scenario, said in zip(files, found, notes, strict=True)
    ]
    if form is Format.json:
        write_json({"schema": 1, "files": rows})
    elif form is Format.csv:
        names = ("file", "id", "parents", "changes", "notes")
        write_csv(({**row, "notes": "; ".join(said)} for row, said in zip(rows, notes, strict=True)), names)
    else:
        for row, said in zip(rows, notes, strict=True):
            write(f"{row['file']}: {row['id']} can be run")
            for text in said:
                write(paragraph(f"note: {text}", "    "))
    return FINE


def _write_csv(report: AuditReport) -> None:
    rows = [
        *({"kind": item.kind, "where": item.where, "text": item.message} for item in report.defects),
        *(
            {
                "kind": item.kind,
                "where": item.id,
                "text": item.title,
                "paragraphs": "; ".join(map(str, item.cite)),
            }
            for item in report.findings
        ),
        *(
            {
                "kind": "reading",
                "where": item.where,
                "text": item.text,
                "paragraphs": "; ".join(item.paragraphs),
            }
            for item in report.readings
        ),
    ]
    write_csv(rows, ("kind", "where", "text", "paragraphs"))


def _lines(report: AuditReport) -> list[str]:
    counts = (
        f"{report.rules} rules in {report.decisions} decisions, {report.levers} levers, "
        f"{report.cases} rule tests, {report.situations:,} situations tried"
    )
    lines = [emphasis(counts, "strong"), ""]
    if report.sound:
        lines.append("Nothing wrong: no gap, no conflict, no dead rule, no unread lever, every rule tested.")
    else:
        lines.append(emphasis(f"{len(report.defects)} things wrong with the rules", "bad"))
    for defect in report.defects:
        lines.append(paragraph(f"{defect.kind.replace('_', ' ')} {defect.where}: {defect.message}", "  "))
        if defect.facts:
            lines.append(paragraph(_case(defect.facts), "      "))
    lines += ["", emphasis("What the rules find in the consultation itself", "strong")]
    for alike in _alike(report.findings):
        lines += ["", *_finding(alike)]
    lines += ["", emphasis("Readings that this project adds", "strong")]
    for reading in report.readings:
        where = f" ({'; '.join(reading.paragraphs)})" if reading.paragraphs else ""
        lines.append(paragraph(f"{reading.where}{where}: {reading.text}", "  "))
    return lines


def _alike(findings: Sequence[Finding]) -> list[list[Finding]]:
    """Findings that come to the same for several statuses or origins together; every other one alone."""
    groups: dict[tuple[str, ...], list[Finding]] = {}
    for item in findings:
        key = (item.kind, item.conclusion, item.reading) if item.conclusion else (item.kind, item.id)
        groups.setdefault(key, []).append(item)
    return list(groups.values())


def _finding(alike: Sequence[Finding]) -> list[str]:
    """What follows, from which rules, with one case and the reading."""
    first = alike[0]
    said = f"{first.conclusion[0].upper()}{first.conclusion[1:]}" if len(alike) > 1 else first.title
    cited = "; ".join(dict.fromkeys(str(citation) for item in alike for citation in item.cite))
    lines = [paragraph(f"{said} ({cited})", "  ")]
    if len(alike) > 1:
        for place, word in enumerate(("where", "and yet")):
            titles = dict.fromkeys(item.grounds[place] for item in alike if place < len(item.grounds))
            if titles:
                told = "; ".join(title[0].lower() + title[1:] for title in titles)
                lines.append(paragraph(f"{word}: {told}", "      "))
    lines.append(paragraph(f"for example {'; '.join(first.shown)}", "      "))
    return [*lines, paragraph(f"read here as: {first.reading}", "      ")] if first.reading else lines


def _case(facts: object) -> str:
    return str(facts) if not isinstance(facts, dict) else "; ".join(f"{k} {v}" for k, v in facts.items())
