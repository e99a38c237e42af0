"""Random arms for the proofs: any answer to any question, odd parameters, scarce and ample seats."""

from __future__ import annotations

from datetime import date

from hypothesis import strategies as st

from rules.levers import SPECS, Levers
from simulation.codes import CONTRACTS, FUNCTIONS, ORIGINS, REGIONS, ROLES
from simulation.durations import Duration, fixed
from simulation.inputs import SITE_GROUPS, CapacityPeriod, Closure, Inputs, PlainScheme, SiteWave
from simulation.parameters import Override, Parameters

SCALE = 0.012
"""Some 450 people in post, and half as many again who join in the course of the years."""
EVIDENCE = "any value does for a proof"

PHASES = ("phase.one_from", "phase.one_to", "phase.two_from", "phase.two_to")
NUMBERS = {
    "q3": (0, 18),
    "q4.supervisor": (0, 18),
    "q4.leader": (0, 18),
    "q8.narrow_months": (0, 6),
    "q8.full_months": (0, 14),
    "q8.max_attempts": (0, 4),
    "q9.years": (1, 2),
}
SHARES = (
    "take_up.voluntary",
    "take_up.expected",
    "take_up.mandatory",
    "element.knowledge",
    "element.simulated",
    "element.written",
    "element.leader",
    "element.near_miss_share",
    "endorsement.probability",
    "endorsement.long_service_bonus",
    "retake.spread",
    "review.request_share",
    "review.upheld_share",
    "leaving.moving_share",
)
LOSSES = ("centre.no_show", "centre.late_cancellation", "centre.assessor_absence")
MULTIPLIERS = tuple(
    f"leaving.{condition}_{force}"
    for condition in ("awaiting", "failed", "over_55")
    for force in ("voluntary", "mandatory")
)
LENGTHS = (
    "preparation.elapsed",
    "endorsement.retry",
    "result.elapsed",
    "review.elapsed",
    "take_up.delay",
    "take_up.deadline_lead",
)
CENTRES = ("first", "second")
AUTHORITIES = ("Leeds", "Kent", "Camden", "Plymouth", "County Durham", "Manchester")


def dates(first: date, last: date) -> st.SearchStrategy[date]:
    return st.dates(first, last)


def durations(longest: int) -> st.SearchStrategy[Duration]:
    """Every kind of duration, among them those of no length at all."""
    days = st.integers(0, longest)
    ordered = st.lists(days, min_size=3, max_size=3).map(sorted)
    return st.one_of(
        days.map(fixed),
        ordered.map(lambda three: Duration("pert", (three[0], three[1], three[2]))),
        ordered.map(lambda three: Duration("triangular", (three[0], three[1], three[2]))),
        ordered.map(lambda three: Duration("uniform", (three[0], three[2]))),
        st.tuples(st.integers(1, max(longest, 1)), st.floats(0, 1)).map(
            lambda two: Duration("lognormal", (two[0], two[1]))
        ),
    )


@st.composite
def levers(draw: st.DrawFn) -> Levers:
    chosen: dict[str, object] = {}
    for name, spec in SPECS.items():
        if name.startswith("q1.") and spec.kind == "choice" and spec.options[0].name == "expected":
            chosen[name] = draw(st.sampled_from(["mandatory", "mandatory", "expected", "voluntary"]))
        elif name.startswith("q2."):
            chosen[name] = draw(st.sampled_from(["included"] * 5 + ["excluded"]))
        elif name == "phase.plan":
            chosen[name] = draw(st.sampled_from(["consultation"] * 3 + ["all_at_once"] * 3 + ["closed"]))
        elif spec.kind == "choice":
            chosen[name] = draw(st.sampled_from([option.name for option in spec.options]))
        elif name in NUMBERS:
            chosen[name] = draw(st.integers(*NUMBERS[name]))
    chosen["q1.mandatory_from"] = draw(dates(date(2017, 1, 1), date(2020, 6, 30)))
    chosen["phase.asye_since"] = draw(dates(date(2013, 1, 1), date(2018, 12, 31)))
    days = sorted(draw(dates(date(2016, 7, 1), date(2020, 12, 31))) for _ in PHASES)
    return Levers.of({**chosen, **dict(zip(PHASES, days, strict=True))})


@st.composite
def parameters(draw: st.DrawFn) -> Parameters:
    """Some parameters as shipped, the others anywhere in their domain."""

    def some(names: tuple[str, ...]) -> list[str]:
        return draw(st.lists(st.sampled_from(names), unique=True)) if names else []

    numbers = {name: draw(st.floats(0, 1)) for name in some(SHARES)}
    numbers |= {name: draw(st.floats(0, 0.4)) for name in some(LOSSES)}
    numbers |= {name: draw(st.floats(0.5, 4)) for name in some(MULTIPLIERS)}
    if draw(st.booleans()):
        numbers["leaving.annual_headcount"] = draw(st.integers(0, 25_000))
        numbers["promotion.annual_rate"] = draw(st.floats(0, 0.6))
    if draw(st.booleans()):
        numbers["endorsement.per_manager_week"] = draw(st.floats(0, 2))
        numbers["release.weekly_share"] = draw(st.floats(0, 0.5))
        numbers["centre.leader_seats_week"] = draw(st.integers(0, 100))
    if draw(st.integers(0, 3)):
        numbers["overflow.share"] = draw(st.floats(0.3, 1))
        numbers["overflow.after_days"] = draw(st.integers(0, 60))
    if draw(st.integers(0, 3)):
        numbers["centre.standby_share"] = draw(st.floats(0.3, 1))
        numbers["centre.late_cancellation"] = draw(st.floats(0.1, 0.4))
    if draw(st.booleans()):
        numbers["centre.seats_factor"] = draw(st.floats(0.1, 3))
        numbers["centre.lead_weeks"] = draw(st.floats(0, 40))
    overrides = {name: Override(value=value, assumption=EVIDENCE) for name, value in numbers.items()}
    for name in some(LENGTHS):
        overrides[name] = Override(duration=draw(durations(200)), assumption=EVIDENCE)
    return Parameters.shipped().patched(overrides)


@st.composite
def capacity(draw: st.DrawFn) -> tuple[CapacityPeriod, ...]:
    """Seats that are none, scarce or ample, in regions and in England as a whole; they are scaled down."""
    seats = draw(st.sampled_from([20, 150, 1500]))
    whole = CapacityPeriod("all", date(2017, 1, 1), date(2021, 12, 31), seats, draw(st.integers(1, 5)))
    found = [whole] if draw(st.booleans()) else []
    for _ in range(draw(st.integers(0, 4))):
        first, last = sorted(draw(dates(date(2016, 11, 1), date(2021, 6, 30))) for _ in range(2))
        region = draw(st.sampled_from(REGIONS))
        opens = tuple(draw(st.lists(st.integers(0, 4), unique=True)))
        decided = draw(st.one_of(st.none(), dates(date(2016, 6, 1), date(2020, 12, 31))))
        weeks = draw(st.one_of(st.none(), st.integers(0, 30)))
        centre = draw(st.sampled_from(["", *CENTRES]))
        days = draw(st.integers(1, 5))
        found.append(CapacityPeriod(region, first, last, seats * 2, days, opens, decided, weeks, centre))
    return tuple(found) or (whole,)


@st.composite
def closures(draw: st.DrawFn) -> tuple[Closure, ...]:
    found = []
    for _ in range(draw(st.integers(0, 2))):
        first, last = sorted(draw(dates(date(2017, 1, 1), date(2020, 12, 31))) for _ in range(2))
        shut = draw(st.sampled_from(["all", *REGIONS]))
        found.append(Closure(shut, first, last, draw(st.sampled_from(["", "", *CENTRES]))))
    return tuple(found)


@st.composite
def waves(draw: st.DrawFn) -> tuple[SiteWave, ...]:
    """No waves of sites more often than not, since most policies call by phase."""
    if draw(st.integers(0, 2)):
        return ()
    members = st.lists(st.sampled_from([*SITE_GROUPS, *AUTHORITIES]), min_size=1, max_size=3, unique=True)
    joins = dates(date(2016, 12, 1), date(2019, 12, 31))
    return tuple(SiteWave(draw(joins), tuple(draw(members))) for _ in range(draw(st.integers(1, 3))))


@st.composite
def rollouts(draw: st.DrawFn) -> Inputs:
    """An arm of the rollout over two to five years."""
    return Inputs(
        levers=draw(levers()),
        parameters=draw(parameters()),
        start=draw(st.sampled_from([date(2016, 10, 1), date(2017, 1, 1), date(2017, 9, 13)])),
        until=draw(st.sampled_from([date(2018, 12, 31), date(2020, 3, 4), date(2021, 9, 30)])),
        scale=SCALE,
        centres=draw(capacity()),
        closures=draw(closures()),
        sites=draw(waves()),
        seed=draw(st.integers(0, 2**31)),
    )


@st.composite
def schemes(draw: st.DrawFn) -> Inputs:
    """A scheme from scratch over one to three years."""
    names = ("North", "Middle", "South")[: draw(st.integers(1, 3))]
    start = draw(dates(date(2016, 10, 1), date(2018, 6, 30)))
    first, last = sorted(draw(dates(date(2016, 10, 1), date(2018, 12, 31))) for _ in range(2))
    chance = st.one_of(st.floats(0.3, 1), st.just(1.0))
    scheme = PlainScheme(
        count=draw(st.integers(1, 300)),
        regions=tuple((name, draw(st.floats(0.1, 1))) for name in names),
        eligible_first=first,
        eligible_last=last,
        seats=tuple((name, draw(st.sampled_from([0, 1, 2, 5, 40]))) for name in names),
        preparation=draw(durations(90)),
        endorsement=draw(durations(40)),
        endorsement_probability=draw(chance),
        endorsement_retry=draw(durations(120)),
        pass_probability=(draw(chance), draw(chance), draw(chance)),
        narrow_share=draw(st.floats(0, 1)),
        narrow_wait=draw(durations(90)),
        full_wait=draw(durations(200)),
        result=draw(durations(40)),
        attempts=draw(st.integers(0, 4)),
        leaving_rate=draw(st.one_of(st.just(0.0), st.floats(0, 1))),
        no_show=draw(st.one_of(st.just(0.0), st.floats(0, 0.6))),
    )
    return Inputs(
        levers=Levers(),
        parameters=Parameters.shipped(),
        start=start,
        until=draw(dates(date(2018, 7, 1), date(2019, 12, 31))),
        plain=scheme,
        seed=draw(st.integers(0, 2**31)),
    )


@st.composite
def staff_lists(draw: st.DrawFn) -> str:
    """A council's own list: some dozens of people, here and elsewhere, with many cells left empty."""
    first_asye = date(2013, 1, 1)
    end = date(2016, 9, 30)

    def day_from(first: date) -> str:
        found = draw(st.one_of(st.none(), dates(first, end)))
        return found.isoformat() if found else ""

    rows = [
        "worker,employer,region,role,contract,age,service_start,role_start,asye_start,origin,fte,functions"
    ]
    held = st.lists(st.sampled_from(FUNCTIONS[:-1]), unique=True, max_size=5)
    for number in range(draw(st.integers(1, 60))):
        employer = draw(st.sampled_from([*AUTHORITIES, "A fostering agency"]))
        service = draw(dates(date(1995, 1, 1), end))
        cells = (
            f"W{number}",
            employer,
            "London" if employer not in AUTHORITIES else "",
            draw(st.sampled_from(ROLES)),
            draw(st.sampled_from(["", *CONTRACTS])),
            str(draw(st.integers(end.year - service.year + 22, 70))),
            service.isoformat(),
            day_from(service),
            day_from(service) if service > first_asye else "",
            draw(st.sampled_from(["", *ORIGINS])),
            draw(st.sampled_from(["", "1", "0.5", "0.8"])),
            ";".join(draw(held)),
        )
        rows.append(",".join(cells))
    return "\n".join(rows)
