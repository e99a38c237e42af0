"""A council's own list: read as a spreadsheet writes it, every bad row named."""

from pathlib import Path

import pytest

from rules.errors import InputError
from simulation.codes import NEVER, ROLES
from simulation.functions_held import bits
from simulation.margins import margins_report
from simulation.parameters import Parameters
from simulation.staff_list import CODES, COLUMNS, MAX_PROBLEMS, load_staff_list, template
from simulation.workforce import Workforce

pytestmark = pytest.mark.unit
BAD = Path(__file__).parent / "bad" / "staff"
HEADER = "worker,employer,region,role,age,service_start"
ROW = "A1,Leeds,,case_holder,34,2014-09-01"


def load(tmp_path: Path, content: str | bytes) -> Workforce:
    file = tmp_path / "staff.csv"
    file.write_bytes(content.encode() if isinstance(content, str) else content)
    return load_staff_list(file, Parameters.shipped())


@pytest.mark.parametrize("file", sorted(BAD.glob("W*.csv")), ids=lambda file: file.stem)
def test_each_bad_file_is_refused_for_its_reason(file: Path) -> None:
    with pytest.raises(InputError) as error:
        load_staff_list(file, Parameters.shipped())
    assert {problem.code for problem in error.value.problems} == {file.stem}
    assert all(problem.place for problem in error.value.problems)


def test_every_code_is_tried() -> None:
    elsewhere = {"W001", "W002", "W015"}
    assert {file.stem for file in BAD.glob("W*.csv")} == set(CODES) - elsewhere


def test_the_template_loads(tmp_path: Path) -> None:
    staff = load(tmp_path, template())
    assert staff.size == staff.baseline == 2
    assert staff.labels == ("W0001", "W0002")
    assert staff.label(1) == "W0002"
    assert staff.employers.kind.tolist() == [0, 1]
    assert staff.functions[0] == bits("case_responsibility", "statutory_plans")
    assert {note.what for note in staff.imputed} == {"sex", "ethnicity", "functions"}
    assert template().splitlines()[0] == ",".join(column.name for column in COLUMNS)
    assert margins_report(staff).cells


@pytest.mark.parametrize(
    "content",
    [
        f"{HEADER}\n{ROW}\n",
        f"{HEADER}\r\n{ROW}\r\n",
        f"\ufeff{HEADER}\n{ROW}\n",
        f"{HEADER}\n{ROW}".replace("Leeds", '"Leeds"'),
        f"{HEADER}\n\n{ROW}\n,,,,,\n",
        f"{HEADER}\n{ROW}\n".replace(",", ";"),
        f"{HEADER.upper()}\n A1 , leeds ,,Case Holder,34,01/09/2014\n",
        f"{HEADER}\n{ROW}\n".replace("Leeds", "E08000035"),
    ],
    ids=["plain", "crlf", "bom", "quotes", "blank lines", "semicolons", "case and spaces", "code"],
)
def test_the_ways_a_spreadsheet_writes_it(tmp_path: Path, content: str) -> None:
    staff = load(tmp_path, content)
    assert staff.employers.name == ("Leeds",)
    assert staff.employers.phase_one_2016.tolist() == [True]
    assert staff.role.tolist() == [ROLES.index("case_holder")]
    assert staff.service_start.tolist() == staff.role_start.tolist() == [-760]
    assert staff.asye_start.tolist() == [NEVER]
    assert staff.fte.tolist() == [100]


def test_all_bad_rows_come_at_once_with_line_and_column(tmp_path: Path) -> None:
    rows = [
        "A1,Leeds,,case_holder,x,2014-09-01",
        'A2,"Leeds",London,case_holder,34,2018-09-01',
        "A1,Nowhere Council,,boss,34,2014-09-01",
    ]
    with pytest.raises(InputError) as error:
        load(tmp_path, "\n".join([HEADER, *rows]))
    found = [(p.code, p.place.line, p.place.column) for p in error.value.problems if p.place]
    assert found == [
        ("W010", 2, 5),
        ("W014", 3, 3),
        ("W011", 3, 6),
        ("W012", 4, 1),
        ("W014", 4, 2),
        ("W009", 4, 4),
    ]
    assert "column 'age'" in error.value.problems[0].message


@pytest.mark.parametrize(
    ("written", "meant"),
    [
        ("Leeds City Council", "Leeds"),
        ("Leedz", "Leeds"),
        ("London Borough of Camden", "Camden"),
        ("Royal Borough of Kensington & Chelsea", "Kensington and Chelsea"),
        ("Durham County Council", "County Durham"),
        ("Bristol City Council", "Bristol, City of"),
        ("Hull City Council", "Kingston upon Hull, City of"),
        ("City of London Corporation", "City of London"),
    ],
)
def test_a_council_by_its_full_name_is_told_which_authority_it_is(
    tmp_path: Path, written: str, meant: str
) -> None:
    with pytest.raises(InputError) as error:
        load(tmp_path, f"{HEADER}\n{ROW}".replace("Leeds", written))
    [found] = error.value.problems
    assert found.code == "W014"
    assert found.hint.startswith(f"did you mean '{meant}'?")


def test_an_employer_like_no_authority_is_asked_for_its_region(tmp_path: Path) -> None:
    with pytest.raises(InputError) as error:
        load(tmp_path, f"{HEADER}\n{ROW}".replace("Leeds", "Brightside Fostering"))
    [found] = error.value.problems
    assert found.hint == "give its region in the column 'region'"


def test_a_flood_of_problems_is_cut_and_counted(tmp_path: Path) -> None:
    rows = [f"A{row},Leeds,,case_holder,900,2014-09-01" for row in range(MAX_PROBLEMS + 50)]
    with pytest.raises(InputError) as error:
        load(tmp_path, "\n".join([HEADER, *rows]))
    assert len(error.value.problems) == MAX_PROBLEMS + 1
    assert error.value.problems[-1].code == "W015"
    assert "50 more" in error.value.problems[-1].message


def test_an_employer_with_a_region_of_its_own(tmp_path: Path) -> None:
    staff = load(tmp_path, f"{HEADER}\nA1,A charity,South West,case_holder,34,2014-09-01\n")
    assert staff.employers.kind.tolist() == [1]
    assert staff.employers.region.tolist() == [8]


@pytest.mark.parametrize("sign", ["=", "+", "-", "@"])
def test_a_formula_never_becomes_a_name(tmp_path: Path, sign: str) -> None:
    for cell in ("worker", "employer"):
        row = ROW.replace("A1" if cell == "worker" else "Leeds", f'{sign}HYPERLINK("x")').replace('"x"', "x")
        with pytest.raises(InputError, match="W013"):
            load(tmp_path, f"{HEADER}\n{row}\n")


def test_files_that_cannot_be_read(tmp_path: Path) -> None:
    for path in (tmp_path / "missing.csv", tmp_path, Path("\0")):
        with pytest.raises(InputError, match="W002"):
            load_staff_list(path, Parameters.shipped())
    with pytest.raises(InputError, match="W003"):
        load(tmp_path, f"{HEADER}\n".encode("utf-16"))
    with pytest.raises(InputError, match="W004"):
        load(tmp_path, f"{HEADER}\n{ROW}\0\n")
    with pytest.raises(InputError, match="W006"):
        load(tmp_path, "")
