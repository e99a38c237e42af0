"""A scheme from scratch in words: every number that its file gives or leaves as it is."""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

if TYPE_CHECKING:
    from simulation.durations import Duration
    from simulation.inputs import PlainScheme

ELEMENTS: Final = ("knowledge", "simulated", "written")


def scheme_in_words(scheme: PlainScheme) -> list[tuple[str, str]]:
    """What a scheme is made of, as (what, how much)."""
    regions = ", ".join(f"{name} {share:.0%}" for name, share in scheme.regions)
    seats = ", ".join(f"{name} {count}" for name, count in scheme.seats)
    passing = ", ".join(
        f"{name} {share:.0%}" for name, share in zip(ELEMENTS, scheme.pass_probability, strict=True)
    )
    attempts = f"{scheme.attempts} attempts at most" if scheme.attempts else "no limit of attempts"
    return [
        ("people", f"{scheme.count:,} people; {regions}" if scheme.regions else "those of the staff list"),
        ("eligible", f"{scheme.eligible_first} to {scheme.eligible_last}, evenly"),
        ("preparation", _days(scheme.preparation)),
        (
            "endorsement",
            f"{_days(scheme.endorsement)}; given to {scheme.endorsement_probability:.0%}, the others are "
            f"considered again after {_days(scheme.endorsement_retry)}",
        ),
        ("seats a working day", seats),
        ("passing", passing),
        ("no-shows", f"{scheme.no_show:.0%} of seats"),
        ("result", f"after {_days(scheme.result)}"),
        (
            "retakes",
            f"{scheme.narrow_share:.0%} of fails are narrow and wait {_days(scheme.narrow_wait)}, others "
            f"{_days(scheme.full_wait)}; {attempts}",
        ),
        ("leaving", f"{scheme.leaving_rate:g} a year, a constant hazard"),
    ]


def _days(duration: Duration) -> str:
    said = f"{duration.mean:g}" if duration.kind == "fixed" else str(duration)
    return f"{said} days"
