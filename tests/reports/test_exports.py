"""Every form of a page holds the same figures, and none takes data for an instruction."""

from __future__ import annotations

import csv
import io
import json
import math
import re
from html.parser import HTMLParser
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from reports.colours import contrast
from reports.export import FORMS, text_of
from reports.legible import legible, spoken
from reports.markdown import escaped, markdown
from reports.page import BandChart, HeatChart, Page, Prose, Table
from reports.tabular import csv_text, harmless, json_text
from tests.reports.pages import HOSTILE, PAGES, cell, heat, hostile, measures, sample

pytestmark = pytest.mark.unit


def tables(page: Page) -> list[Table]:
    return [
        block if isinstance(block, Table) else block.table()
        for block in page.blocks
        if not isinstance(block, Prose)
    ]


@pytest.mark.parametrize("form", FORMS)
@pytest.mark.parametrize("name", PAGES)
def test_every_page_leaves_in_every_form_the_same_each_time(form: str, name: str) -> None:
    text = text_of(PAGES[name](), form)
    assert text == text_of(PAGES[name](), form)
    assert text.endswith("\n")
    text.encode("utf-8")
    if form != "json":  # JSON writes control characters as escapes
        assert not re.search(r"[\x00-\x09\x0b\x0c\x0e-\x1f\x7f-\x9f\u202a-\u202e\u2066-\u2069]", text)


@pytest.mark.parametrize("form", FORMS)
def test_every_form_says_where_the_page_comes_from(form: str) -> None:
    text = text_of(sample(), form)
    for said in (
        "3f2a9c1b",
        "77ab0e4d",
        "2017",
        "0.1.0",
        "naas compare voluntary mandatory --replications 20",
    ):
        assert said in text
    assert "18 of 20" in text or '"used": 18,\n  "requested": 20' in text


# -- CSV --------------------------------------------------------------------------------------------------


def rows(page: Page) -> list[list[str]]:
    return list(csv.reader(io.StringIO(csv_text(page), newline="")))


def test_csv_has_values_in_full_beside_what_a_person_reads() -> None:
    found = rows(Page(screen="s", title="t", summary="", blocks=(measures(("Leeds",)),)))
    head = next(row for row in found if row and row[0] == "key")
    assert head[:4] == ["key", "Measure", "voluntary", "voluntary, as read"]
    first = found[found.index(head) + 1]
    assert first[:4] == ["measure-0", "Accredited, share of in scope", "0.31", "31.0% [27.2, 34.9]"]
    assert first[7] == "+47.4 points [41.8, 52.6]"
    last = found[-1]
    assert (last[2], last[3]) == ("", "not defined")


def test_csv_of_bands_and_heat_holds_every_number() -> None:
    page = sample()
    chart, seats = page.block("accredited"), page.block("seats")
    assert isinstance(chart, BandChart)
    assert isinstance(seats, HeatChart)
    found = rows(page)
    dated = [row for row in found if row and row[0] in chart.axis]
    assert [float(row[5]) for row in dated] == list(chart.bands[1].value)
    assert [float(row[7]) for row in dated] == list(chart.bands[1].high)
    cells = [row for row in found if len(row) == 6 and row[1] in seats.columns]
    assert len(cells) == len(seats.rows) * len(seats.columns)
    assert {row[4] for row in cells if float(row[2]) > 100} == {"over"}
    assert {row[4] for row in cells if float(row[2]) <= 100} == {""}
    assert "over (above 100%)" in {row[4] for row in found if len(row) == 6}


def test_every_form_says_the_rule_of_the_mark_in_the_chart_s_own_words() -> None:
    own = heat().model_copy(update={"over": "full in most futures"})
    page = sample().model_copy(update={"blocks": (own,)})
    assert "\nOver: full in most futures.\n" in text_of(page, "text")
    assert "\nOver: full in most futures.\n" in text_of(page, "markdown")
    assert "! over: full in most futures." in text_of(page, "html")
    assert "over (full in most futures)" in {item for row in rows(page) for item in row}
    assert not any("above 100%" in text_of(page, form) for form in FORMS)


def test_no_text_from_data_starts_a_formula_or_a_note() -> None:
    page = hostile()
    for row in rows(page):
        if not row or row[0].startswith("# "):
            assert len(row) <= 1  # a note is one cell
            continue
        for item in row:
            if item[:1] in ("=", "@", "\t", "\r", "#"):
                pytest.fail(f"{item!r} is taken for a formula or a note")
            if item[:1] in ("+", "-"):
                assert re.fullmatch(r"[+-][\d.,]+( points)?( \[.*\])?( \([a-z ]+\))?", item)


@given(st.text(max_size=30))
def test_no_text_at_all_starts_a_formula(text: str) -> None:
    shown = harmless(legible(text))
    assert shown[:1] not in ("=", "@", "#", "\t", "\r")
    if shown[:1] in ("+", "-"):
        assert re.fullmatch(r"[+-]£?[\d.,]+%?(k|m|bn)?", shown)


@pytest.mark.parametrize(
    "text", ["+469 ±7.8", "-1.6 points ±4.1", "+8,400 [7,100, 9,800]", "-£1,200", "-0.9 points", "+12.5%"]
)
def test_figures_of_ours_keep_their_sign(text: str) -> None:
    assert harmless(text) == text


# -- JSON -------------------------------------------------------------------------------------------------


def refuse(constant: str) -> Any:
    raise ValueError(constant)


@pytest.mark.parametrize("name", PAGES)
def test_json_is_strict_and_makes_the_page_again(name: str) -> None:
    page = PAGES[name]()
    document = json.loads(json_text(page), parse_constant=refuse)
    assert document.pop("schema") == "naas-page/1"
    assert document["title"] == page.title
    assert json.loads(json_text(Page.model_validate(document))) == {"schema": "naas-page/1", **document}


def test_json_has_null_for_a_number_that_does_not_exist() -> None:
    table = measures(("Leeds",))
    document = json.loads(json_text(Page(screen="s", title="t", summary="", blocks=(table,))))
    assert isinstance(table.rows[-1][1].value, float)
    assert math.isnan(table.rows[-1][1].value)
    assert document["blocks"][0]["rows"][-1][1]["value"] is None


# -- Markdown ---------------------------------------------------------------------------------------------


def split_row(line: str) -> list[str]:
    """The cells of a row, at bars that no backslash stands before."""
    assert line.startswith("| ")
    assert line.endswith(" |")
    return [item.strip() for item in re.split(r"(?<!\\)\|", line)[1:-1]]


@pytest.mark.parametrize("make", [sample, hostile])
def test_markdown_tables_have_a_cell_for_each_column(make: Any) -> None:
    page = make()
    lines = markdown(page).splitlines()
    at = [place for place, line in enumerate(lines) if set(line) <= set("| -:") and line.startswith("| -")]
    assert len(at) == len(tables(page))
    for place, table in zip(at, tables(page), strict=True):
        for line in lines[place - 1 : place + 1 + len(table.rows)]:
            assert len(split_row(line)) == len(table.columns)


def test_markdown_names_stand_as_they_are() -> None:
    assert escaped("Kingston [upon] Thames") == r"Kingston \[upon\] Thames"
    assert escaped("q1.mandatory_from _x_") == r"q1.mandatory_from \_x\_"
    assert escaped("a|b") == r"a\|b"
    assert escaped("<b>&amp;") == "&lt;b&gt;&amp;amp;"
    text = markdown(hostile())
    assert "<script" not in text
    assert re.search(r"(?m)^\\# not a note$", text)
    assert re.search(r"(?m)^\\--- \\\| :--- \\\|$", text)
    assert "``naas compare 'a`b' \"$(x)\"``" in text


@pytest.mark.parametrize("text", ["1. first", "+ plus", "- dash", "=== rule", "> quote", "# head"])
def test_a_sentence_of_markdown_begins_no_list_or_heading(text: str) -> None:
    page = Page(screen="s", title="t", summary=text, blocks=())
    line = markdown(page).splitlines()[2]
    assert not re.match(r"(\d+[.)]|[+\-=>#])(\s|$|=)", line)


# -- HTML -------------------------------------------------------------------------------------------------


class Read(HTMLParser):
    """What a browser would find: tags with their attributes, and text by the tag it stands in."""

    VOID = frozenset({"meta", "rect", "line", "polygon", "polyline"})

    def __init__(self, document: str) -> None:
        super().__init__(convert_charrefs=True)
        self.tags: list[tuple[str, dict[str, str | None]]] = []
        self.open: list[str] = []
        self.text: dict[str, list[str]] = {}
        self.rows: list[list[str]] = []
        self.feed(document)
        self.close()
        assert self.open == []

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        self.tags.append((tag, dict(attrs)))
        if tag not in self.VOID:
            self.open.append(tag)
        if tag == "tr":
            self.rows.append([])
        if tag in ("th", "td"):
            self.rows[-1].append("")

    def handle_endtag(self, tag: str) -> None:
        if tag not in self.VOID:
            assert self.open.pop() == tag

    def handle_data(self, data: str) -> None:
        self.text.setdefault(self.open[-1] if self.open else "", []).append(data)
        if "th" in self.open or "td" in self.open:
            self.rows[-1][-1] += data


@pytest.mark.parametrize("name", PAGES)
def test_html_stands_alone_and_is_well_formed(name: str) -> None:
    document = text_of(PAGES[name](), "html")
    found = Read(document)
    names = [tag for tag, _ in found.tags]
    assert not {"script", "link", "img", "iframe", "object", "base", "form"} & set(names)
    assert "http-equiv" in document
    assert "@import" not in document
    assert not re.search(r"url\((?!#)", document)
    for tag, attributes in found.tags:
        assert not any(key.startswith("on") or key in ("src", "href", "srcdoc") for key in attributes), tag
    assert names.count("h1") == 1
    assert names.count("main") == 1
    assert ("html", {"lang": "en-GB"}) in found.tags
    identities = [attributes["id"] for _, attributes in found.tags if "id" in attributes]
    assert len(identities) == len(set(identities))


def test_html_tables_are_real_and_hold_every_figure() -> None:
    page = sample()
    found = Read(text_of(page, "html"))
    tags = [tag for tag, _ in found.tags]
    assert tags.count("table") == len(tables(page))
    assert tags.count("thead") == tags.count("tbody") == tags.count("table")
    heads = [attributes for tag, attributes in found.tags if tag == "th"]
    assert all(attributes.get("scope") in ("row", "col") for attributes in heads)
    read = [" ".join(item.split()) for row in found.rows for item in row]
    for table in tables(page):
        for row in table.rows:
            for item in row[1:]:
                assert any(legible(item.text) in text for text in read)
    drawings = [attributes for tag, attributes in found.tags if tag == "svg"]
    assert len(drawings) == 3
    assert all(attributes["role"] == "img" and attributes["aria-label"] for attributes in drawings)


def test_html_says_marks_in_words() -> None:
    found = Read(text_of(Page(screen="s", title="t", summary="", blocks=(measures(("Leeds",)),)), "html"))
    read = [item for row in found.rows for item in row]
    assert "^ higher up" in [" ".join(item.split()) for item in read]
    assert "? unclear" in [" ".join(item.split()) for item in read]
    assert any("needs attention" in item for item in read)


def test_html_escapes_every_name() -> None:
    document = text_of(hostile(), "html")
    found = Read(document)
    read = " ".join("".join(row) for row in found.rows)
    for name in HOSTILE:
        assert legible(name) in read
    assert "&lt;script&gt;" in document


def test_html_numbers_on_colours_can_be_read() -> None:
    styles = re.findall(r"background:(#\w{6});color:(#\w{6})", text_of(sample(), "html"))
    assert len(set(styles)) > 5
    assert all(contrast(background, colour) >= 4.5 for background, colour in styles)


def test_a_mark_is_not_said_twice() -> None:
    assert spoken(cell("unclear", None, "?")) == "unclear"


# -- sentences --------------------------------------------------------------------------------------------


def test_lines_that_hang_under_another_are_a_list_everywhere() -> None:
    lines = ("  alone", "Needs accreditation", "  because [x] para 56", "  and para 71", "Endorsed by Leeds")
    page = Page(screen="why", title="Why", summary="", blocks=(Prose(id="p", lines=lines),))
    assert (
        "- alone\n\n**Needs accreditation**\n\n- because \\[x\\] para 56\n- and para 71\n\nEndorsed"
        in markdown(page)
    )
    document = text_of(page, "html")
    assert "<ul>\n<li>alone</li>\n</ul>\n<p><strong>Needs accreditation</strong></p>\n<ul>" in document
    assert Read(document).rows == []
    assert "\nNeeds accreditation\n  because [x] para 56\n  and para 71\nEndorsed" in text_of(page, "text")
