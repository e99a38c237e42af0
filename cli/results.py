"""`naas results`: what is stored, whether it is sound, and what can go."""

from __future__ import annotations

from itertools import groupby
from pathlib import Path
from typing import TYPE_CHECKING, Annotated, Any, Final

import typer

from cli import options
from cli.failures import FAILED, FINE
from cli.output import Format, columns, note, write, write_csv, write_json

if TYPE_CHECKING:
    from scenarios.store import Store
    from scenarios.stored_runs import StoredRun

SHORT: Final = 12
"""Digits of an address that are shown, and enough to name it."""

results = typer.Typer(
    add_completion=False,
    no_args_is_help=True,
    help="Look after stored results.\n\n\b\nnaas results list\nnaas results verify",
)

StoreOption = Annotated[
    Path | None,
    typer.Option("--store", metavar="DIR", help="This folder instead of the usual one.", show_default=False),
]


@results.command("list")
def list_results(store: StoreOption = None, form: options.FormatOption = Format.table) -> None:
    """List the stored runs.

    \b
    naas results list
    naas results list --format csv
    """
    from scenarios.stored_runs import stored_runs

    kept = _store(store)
    rows = [_row(run) for run in stored_runs(kept)]
    if form is Format.json:
        write_json({"schema": 1, "store": str(kept.folder), "runs": rows})
    elif form is Format.csv:
        write_csv(rows, _COLUMNS)
    else:
        write(f"{len(rows)} runs in {kept.folder}")
        if rows:
            for line in _listed(rows):
                write(line)


@results.command("show")
def show_results(
    run: Annotated[str, typer.Argument(metavar="RUN", help="The beginning of an address, or a scenario.")],
    store: StoreOption = None,
    form: options.FormatOption = Format.table,
) -> None:
    """Show what a stored run is a run of.

    \b
    naas results show mandatory
    naas results show mandatory --format json
    """
    from rules.errors import problem
    from scenarios.stored_runs import chosen, failures, stored_runs

    kept = _store(store)
    found = chosen(stored_runs(kept), run)
    if not found:
        raise problem("C012", f"there are no stored results of '{run}'", hint="naas results list shows all")
    documents = [{**_row(one), "failed": failures(kept, one), "content": _content(one)} for one in found]
    if form is Format.json:
        write_json({"schema": 1, "store": str(kept.folder), "runs": documents})
    elif form is Format.csv:
        write_csv(documents, _COLUMNS)
    else:
        for document in documents:
            for line in _described(document):
                write(line)


@results.command("verify")
def verify_results(store: StoreOption = None, form: options.FormatOption = Format.table) -> int:
    """Check every stored file against its checksum.

    \b
    naas results verify
    naas results verify --store DIR
    """
    from scenarios.stored_runs import check

    kept = _store(store)
    checked = [found for address in kept.addresses() for found in check(kept, address)]
    rows: list[dict[str, object]] = [
        {"file": str(found.path), "wrong": found.wrong} for found in checked if found.wrong
    ]
    if form is Format.json:
        write_json({"schema": 1, "store": str(kept.folder), "files": len(checked), "wrong": rows})
    elif form is Format.csv:
        write_csv(rows, ("file", "wrong"))
    else:
        write(f"{len(checked)} files in {kept.folder}: {len(rows) or 'none'} to be set aside")
        for row in rows:
            write(f"  {row['file']}: {row['wrong']}")
    if rows:
        note("The next run that needs one of these sets it aside and computes it again.")
    return FAILED if rows else FINE


@results.command("prune")
def prune_results(
    older_than: Annotated[
        float | None,
        typer.Option("--older-than", metavar="DAYS", help="Also what nothing was added to for so long."),
    ] = None,
    everything: Annotated[bool, typer.Option("--all", help="Everything.")] = False,
    rehearse: Annotated[bool, typer.Option("--dry-run", help="Say what would go, and leave it.")] = False,
    store: StoreOption = None,
    form: options.FormatOption = Format.table,
) -> None:
    """Remove results that cannot be reused, such as those of another version.

    \b
    naas results prune --dry-run
    naas results prune --older-than 90
    """
    from rules.errors import problem
    from scenarios.stored_runs import prune

    if older_than is not None and not 0 <= older_than <= 36_525:
        raise problem("C001", f"--older-than is a number of days from 0 to 36525, not {older_than:g}")
    kept = _store(store)
    gone = prune(kept, everything, older_than, rehearse)
    rows: list[dict[str, object]] = [{"path": path, "bytes": size} for path, size in gone]
    if form is Format.json:
        write_json({"schema": 1, "store": str(kept.folder), "dry_run": rehearse, "removed": rows})
    elif form is Format.csv:
        write_csv(rows, ("path", "bytes"))
    else:
        total = sum(size for _, size in gone)
        would = "would go from" if rehearse else "removed from"
        write(f"{len(rows)} entries of {_size(total)} {would} {kept.folder}")
        for row in rows:
            write(f"  {row['path']}")


_COLUMNS: Final = (
    *("address", "scenario", "variant", "replications", "failures", "seed", "scale", "from", "until"),
    *("engine", "reusable", "bytes", "age_days"),
)


def _store(folder: Path | None) -> Store:
    from rules.errors import problem
    from scenarios.store import Store, usual_folder

    if folder is not None and not folder.is_dir():
        raise problem("C012", f"there is no folder of results at {folder}")
    return Store(folder or usual_folder())


def _row(run: StoredRun) -> dict[str, object]:
    inputs = run.described.inputs if run.described else {}
    return {
        "address": run.address,
        "scenario": run.described.scenario if run.described else "",
        "variant": run.described.variant if run.described else "",
        "replications": ranges(run.replications),
        "count": len(run.replications),
        "failures": ranges(run.failures),
        "seed": inputs.get("seed"),
        "scale": inputs.get("scale"),
        "from": inputs.get("start"),
        "until": inputs.get("until"),
        "engine": run.described.content.get("engine") if run.described else None,
        "reusable": run.current,
        "bytes": run.size,
        "age_days": round(run.age, 1),
    }


def _content(run: StoredRun) -> dict[str, Any]:
    return dict(run.described.content) if run.described else {}


def _listed(rows: list[dict[str, object]]) -> list[str]:
    """One line a run; the draws of one scenario's parameters share a line."""
    table = [["address", "scenario", "", "seed", "scale", "until", "size", ""]]
    alike = ("scenario", "seed", "scale", "from", "until", "engine", "reusable")

    def same(row: dict[str, object]) -> tuple[str, ...]:
        return (*(str(row[name]) for name in alike), str(bool(row["variant"])))

    for _, group in groupby(sorted(rows, key=same), key=same):
        some = list(group)
        first = some[0]
        runs = sum(int(str(row["count"])) for row in some)
        count = f"{runs} replication{'s' if runs != 1 else ''}"
        what = count if not first["variant"] else f"{len(some)} parameter draws, {count}"
        failed = sum(1 for row in some if row["failures"])
        state = "" if first["reusable"] else "another version"
        state = f"{state}{', ' if state and failed else ''}{'with failures' if failed else ''}"
        cells = [first["scenario"] or "no manifest", what, first["seed"], first["scale"], first["until"]]
        size = _size(sum(int(str(row["bytes"])) for row in some))
        table.append([str(first["address"])[:SHORT], *(str(cell) for cell in cells), size, state])
    return columns(table, right=(3, 4, 6))


def _described(document: dict[str, Any]) -> list[str]:
    about = f", {document['variant']}" if document["variant"] else ""
    lines = [
        f"{document['scenario'] or 'no manifest'}{about}",
        f"  address       {document['address']}",
        f"  replications  {document['replications'] or 'none'}, {_size(document['bytes'])}",
        f"  seed {document['seed']}, scale {document['scale']}, {document['from']} to {document['until']}",
        f"  engine {document['engine']}{'' if document['reusable'] else ', another version: not reused'}",
    ]
    for failure in document["failed"]:
        lines.append(f"  replication {failure.get('replication')} failed: {failure.get('error')}")
        lines += [f"    alone: {failure['command']}"] if failure.get("command") else []
        lines += [f"    {line}" for line in str(failure.get("trace", "")).splitlines()]
    return [*lines, ""]


def ranges(numbers: tuple[int, ...]) -> str:
    """Whole numbers in rising order as people write them: 0-19, 25."""
    parts: list[list[int]] = []
    for number in numbers:
        if parts and number == parts[-1][-1] + 1:
            parts[-1] = [parts[-1][0], number]
        else:
            parts.append([number])
    return ", ".join("-".join(str(end) for end in part) for part in parts)


def _size(count: int) -> str:
    return f"{count / 1e6:,.1f} MB" if count >= 1e5 else f"{count / 1e3:,.1f} kB"
