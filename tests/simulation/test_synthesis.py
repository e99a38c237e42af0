"""The people made against what was published of them."""

import hashlib
import os
import subprocess
import sys
from dataclasses import fields
from pathlib import Path

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from rules.errors import InputError
from simulation.calendar import date_of
from simulation.codes import CONTRACTS, FUNCTIONS, NEVER, ORIGINS, ROLES
from simulation.employers import AUTHORITIES
from simulation.functions_held import LEADER, PRACTITIONER, SUPERVISOR
from simulation.parameters import Override, Parameters
from simulation.published import authorities, national
from simulation.structure import age_band, service_band
from simulation.synthesis import build_workforce
from simulation.workforce import Workforce

pytestmark = pytest.mark.unit
HORIZON = 1918
FTE_TOLERANCE = 0.05
"""FTE by category follows from hours that are drawn; the FTE of an authority is exact."""


@pytest.fixture(scope="module")
def england() -> Workforce:
    return build_workforce(Parameters.shipped(), 1.0, HORIZON)


def employed(workforce: Workforce) -> np.ndarray:
    rows = np.arange(workforce.size) < workforce.baseline
    return rows & (workforce.contract == 0) & (workforce.employer < AUTHORITIES)


def fingerprint(workforce: Workforce) -> str:
    digest = hashlib.sha256()
    for field in fields(workforce):
        value = getattr(workforce, field.name)
        if isinstance(value, np.ndarray):
            digest.update(str(value.dtype).encode() + value.tobytes())
    return digest.hexdigest()


def test_national_totals_are_those_published(england: Workforce) -> None:
    post = np.arange(england.size) < england.baseline
    assert employed(england).sum() == 29_924
    assert (post & (england.contract > 0)).sum() == 5_570
    assert (england.employers.kind == 0).sum() == 152
    assert len(set(england.employers.code[:152])) == 152


def test_authority_headcounts_are_exact(england: Workforce) -> None:
    counts = np.bincount(england.employer[employed(england)], minlength=161)[:AUTHORITIES]
    source = authorities()
    row = {name: index for index, name in enumerate(source.name)}
    published = ~np.isnan(source.headcount)
    published[row["Kingston upon Thames"]] = False
    assert (counts[published] == source.headcount[published]).all()
    assert published.sum() == 149
    pair = counts[row["Kingston upon Thames"]], counts[row["Richmond upon Thames"]]
    assert pair == (77, 94)
    assert counts[row["Isles of Scilly"]] == 0
    assert counts[row["County Durham"]] == 264
    assert counts[row["Havering"]] == 134


@pytest.mark.parametrize("breakdown", ["role", "age", "service"])
def test_shares_are_within_a_tenth_of_a_point(england: Workforce, breakdown: str) -> None:
    rows = employed(england)
    band = {
        "role": england.role[rows].astype(np.int64),
        "age": age_band(england.age[rows]),
        "service": service_band(-england.service_start[rows].astype(np.int64)),
    }[breakdown]
    printed = national(2016, "in_post_headcount_percent", breakdown)
    counted = 100 * national(2016, "in_post_headcount", breakdown) / 29_930
    share = 100 * np.bincount(band, minlength=len(printed)) / rows.sum()
    assert np.abs(share - printed).max() <= 0.1
    assert np.abs(share - counted).max() <= 0.1
    fte = np.bincount(band, weights=england.fte[rows] / 100, minlength=len(printed))
    assert fte == pytest.approx(national(2016, "in_post_fte", breakdown), rel=FTE_TOLERANCE)


def test_fte_of_each_authority_is_the_published_one(england: Workforce) -> None:
    rows = employed(england)
    fte = np.bincount(england.employer[rows], weights=england.fte[rows] / 100, minlength=161)[:AUTHORITIES]
    source = authorities()
    sound = np.array(
        [
            not joint and name != "Havering"
            for name, joint in zip(source.name, source.joint_return, strict=True)
        ]
    )
    sound &= ~np.isnan(source.fte)
    assert np.abs(fte - source.fte)[sound].max() <= 0.02
    assert fte[source.name.index("Havering")] == pytest.approx(134 * 0.926, rel=0.01)
    assert fte.sum() == pytest.approx(27_700, rel=0.003)


def test_people_are_possible(england: Workforce) -> None:
    begun = england.joins - england.service_start
    assert (begun >= 0).all()
    assert (begun <= (england.age - 20.0) * 365.25).all()
    assert (england.role_start >= england.service_start).all()
    assert (england.role_start <= england.joins).all()
    assert england.age.min() >= 22
    assert england.age.max() <= 70
    assert england.fte.min() >= 10
    assert england.fte.max() == 100
    begun_asye = england.asye_start != NEVER
    assert (england.asye_start[begun_asye] <= england.joins[begun_asye]).all()
    assert (np.diff(england.joins) >= 0).all()


def test_sex_and_ethnicity(england: Workforce) -> None:
    rows = employed(england)
    assert england.sex[rows].mean() == pytest.approx(0.14, abs=0.0005)
    mix = np.bincount(england.ethnicity[rows], minlength=5) / rows.sum()
    assert mix == pytest.approx([0.780, 0.035, 0.056, 0.120, 0.008], abs=0.01)
    # Publication of 2019: managers are white more often than case holders.
    managers = england.role[rows] <= ROLES.index("first_line_manager")
    white = england.ethnicity[rows] == 0
    assert white[managers].mean() > white[~managers].mean()


def test_functions_follow_roles(england: Workforce) -> None:
    rows = employed(england)
    functions, role = england.functions[rows], england.role[rows]
    case_holders = functions[role == ROLES.index("case_holder")]
    assert ((case_holders & PRACTITIONER) != 0).all()
    assert ((functions[role == ROLES.index("first_line_manager")] & SUPERVISOR) != 0).mean() > 0.99
    leads = (functions & LEADER) != 0
    per_authority = np.bincount(england.employer[rows][leads], minlength=161)[:AUTHORITIES]
    staffed = np.bincount(england.employer[rows], minlength=161)[:AUTHORITIES] > 0
    assert (per_authority[staffed] >= 1).all()
    assert per_authority.max() == 2
    seniors = functions[(role == ROLES.index("senior_manager")) & ~leads]
    assert (seniors == 0).all()
    assert all(((functions >> bit) & 1).any() for bit in range(len(FUNCTIONS)))


def test_ability_is_standard_normal_and_tells_nothing_else(england: Workforce) -> None:
    ability = england.ability / 100
    assert ability.mean() == pytest.approx(0, abs=0.02)
    assert ability.std() == pytest.approx(1, abs=0.02)
    for other in (england.age, england.service_start, england.ethnicity, england.role):
        assert abs(np.corrcoef(ability, other)[0, 1]) < 0.02


def test_agency_workers_are_where_agency_fte_is(england: Workforce) -> None:
    post = np.arange(england.size) < england.baseline
    agency = post & (england.contract != CONTRACTS.index("employed"))
    counts = np.bincount(england.employer[agency], minlength=161)[:AUTHORITIES]
    fte = authorities().agency_fte
    known = ~np.isnan(fte) & np.array([not joint for joint in authorities().joint_return])
    assert np.corrcoef(counts[known], fte[known])[0, 1] > 0.999
    assert counts[authorities().name.index("Wigan")] == 0
    assert england.fte[agency].sum() / 100 == pytest.approx(5_330, rel=0.01)


def test_starters_are_the_published_ones_less_movers(england: Workforce) -> None:
    parameters = Parameters.shipped()
    movers = parameters.value("leaving.annual_headcount") * parameters.value("leaving.moving_share")
    outside = (england.joins > 0) & (england.contract == 0) & (england.employer < AUTHORITIES)
    first_year = outside & (england.joins <= 365)
    assert abs(first_year.sum() + movers - 5_726) <= 1
    new = first_year & (england.origin == ORIGINS.index("newly_qualified"))
    assert new.sum() == pytest.approx(2_000, rel=0.05)
    assert (england.asye_start[new] == england.joins[new]).all()
    by_month = np.bincount(england.joins[first_year] // 31, minlength=12)[:11]
    assert by_month.max() < 1.1 * by_month.min()
    bands = np.bincount(age_band(england.age[outside]), minlength=5) / outside.sum()
    assert bands == pytest.approx([0.30, 0.33, 0.218, 0.136, 0.018], abs=0.01)


def test_joiners_do_not_depend_on_the_horizon(england: Workforce) -> None:
    shorter = build_workforce(Parameters.shipped(), 1.0, 700)
    for field in fields(shorter):
        value = getattr(shorter, field.name)
        if isinstance(value, np.ndarray):
            assert (getattr(england, field.name)[: shorter.size] == value).all(), field.name
    assert shorter.joins.max() <= 700
    assert date_of(int(shorter.joins.max())).year == 2018


def test_everything_filled_in_is_on_record(england: Workforce) -> None:
    noted = {(note.what, note.where) for note in england.imputed}
    hidden = sum(int(np.isnan(authorities().cells[name]).sum()) for name in ("role", "age", "service"))
    assert sum("suppressed" in note.how for note in england.imputed) == pytest.approx(hidden, abs=20)
    assert {("FTE", "Havering"), ("headcount", "Isles of Scilly"), ("vacancies", "Kirklees")} <= noted
    assert ("agency FTE", "Newcastle upon Tyne") in noted


def test_an_assumption_changes_what_it_is_about() -> None:
    parameters = Parameters.shipped().patched({"other_employers.size": Override(4_000.0)})
    changed = build_workforce(parameters, 1.0, 0)
    assert (changed.employer[: changed.baseline] >= AUTHORITIES).sum() == 4_000
    assert employed(changed).sum() == 29_924


def test_a_workforce_cannot_be_written_to(england: Workforce) -> None:
    with pytest.raises(ValueError, match="read-only"):
        england.age[0] = 3


@pytest.mark.parametrize("scale", [0.0, -1.0, float("nan"), float("inf"), 1e9])
def test_impossible_scales_are_refused(scale: float) -> None:
    with pytest.raises(InputError, match="W001"):
        build_workforce(Parameters.shipped(), scale, 10)


@settings(max_examples=12, deadline=None)
@given(st.floats(0.005, 0.5))
def test_any_scale_keeps_totals_and_shares(scale: float) -> None:
    small = build_workforce(Parameters.shipped(), scale, 200)
    rows = employed(small)
    assert rows.sum() == round(scale * 29_924)
    post = np.arange(small.size) < small.baseline
    assert (post & (small.contract > 0)).sum() == round(scale * 5_570)
    share = np.bincount(small.role[rows], minlength=6) / rows.sum()
    printed = national(2016, "in_post_headcount_percent", "role") / 100
    assert np.abs(share - printed).max() <= 0.001 + 1 / rows.sum()


def test_the_same_bytes_in_another_process_with_another_hash_seed(england: Workforce) -> None:
    script = (
        "from tests.simulation.test_synthesis import fingerprint, HORIZON\n"
        "from simulation.parameters import Parameters\n"
        "from simulation.synthesis import build_workforce\n"
        "print(fingerprint(build_workforce(Parameters.shipped(), 1.0, HORIZON)))\n"
    )
    found = {
        subprocess.run(
            [sys.executable, "-c", script],
            env={**os.environ, "PYTHONHASHSEED": seed},
            capture_output=True,
            text=True,
            cwd=Path(__file__).parents[2],
            check=True,
        ).stdout.strip()
        for seed in ("0", "4711")
    }
    assert found == {fingerprint(england)}


def test_the_workforce_is_built_from_its_own_parameters_alone() -> None:
    """Another value of anything else gives the very same people, without building them again."""
    shipped = Parameters.shipped()
    people = build_workforce(shipped, 0.01, 400)
    other = shipped.patched({"centre.no_show": Override(shipped["centre.no_show"].high)})
    assert build_workforce(other, 0.01, 400) is people
    for name in ("agency.leaving_rate", "leaving.annual_headcount"):
        more = shipped.patched({name: Override(shipped[name].high)})
        assert build_workforce(more, 0.01, 400).size != people.size
