"""The tables as files: every number with a unit and a source, the same groups every year."""

from __future__ import annotations

import copy
import tomllib

import pytest

from calculator.law import published
from calculator.law.groups import KEYS, LawTableError, check_groups
from calculator.law.published import TABLES, published_groups, published_years

EVERY_TABLE = sorted(path.name for path in TABLES.glob("*.toml"))


def groups_with_their_names(tree, name=""):
    for key, value in tree.items():
        if isinstance(value, dict):
            below = f"{name}.{key}".lstrip(".")
            if any(not isinstance(v, dict) for v in value.values()):
                yield below, value
            else:
                yield from groups_with_their_names(value, below)


@pytest.fixture
def groups():
    return copy.deepcopy(dict(published_groups(2026)))


@pytest.mark.parametrize("name", EVERY_TABLE)
def test_every_group_says_its_unit_and_its_source(name):
    table = tomllib.loads((TABLES / name).read_text(encoding="utf-8"))
    found = dict(groups_with_their_names(table))
    assert found
    for group, content in found.items():
        assert content.get("unit"), group
        assert content.get("source"), group


@pytest.mark.parametrize("year", published_years())
def test_every_year_has_the_same_groups(year):
    assert published_groups(year).keys() == KEYS.keys()


@pytest.mark.parametrize("year", published_years())
def test_brackets_rise_and_are_one_fewer_than_their_rates(year):
    groups = published_groups(year)
    rates = groups["income_tax.rates"]["everyone"]
    for status in KEYS["income_tax.bracket_tops"]:
        tops = groups["income_tax.bracket_tops"][status]
        assert tops == sorted(tops)
        assert len(tops) + 1 == len(rates)


def test_it_accepts_a_published_year(groups):
    check_groups(groups)


@pytest.mark.parametrize("said", ["unit", "source"])
@pytest.mark.parametrize("instead", [None, "", " ", 1])
def test_it_refuses_a_number_without_unit_or_source(groups, said, instead):
    groups["amt.exemption"][said] = instead
    with pytest.raises(LawTableError, match=rf"amt\.exemption has no {said}"):
        check_groups(groups)


def test_it_refuses_a_year_without_a_group(groups):
    del groups["amt.exemption"]
    with pytest.raises(LawTableError, match=r"missing: amt\.exemption"):
        check_groups(groups)


def test_it_refuses_a_group_that_no_year_has(groups):
    groups["amt.exemptions"] = groups["amt.exemption"]
    with pytest.raises(LawTableError, match=r"amt\.exemptions is not a group"):
        check_groups(groups)


def test_it_refuses_a_group_that_is_a_bare_number(groups):
    groups["amt.phaseout_rate"] = 0.5
    with pytest.raises(LawTableError, match="has no unit"):
        check_groups(groups)


def test_it_refuses_a_group_without_a_filing_status(groups):
    del groups["amt.exemption"]["single"]
    with pytest.raises(LawTableError, match="single"):
        check_groups(groups)


def test_it_refuses_a_misspelt_filing_status(groups):
    groups["amt.exemption"]["singel"] = 1
    with pytest.raises(LawTableError, match="singel"):
        check_groups(groups)


@pytest.mark.parametrize("value", ["88100", True, float("nan"), [88_100], None])
def test_it_refuses_what_is_not_a_number(groups, value):
    groups["amt.exemption"]["single"] = value
    with pytest.raises(LawTableError, match="not what belongs there"):
        check_groups(groups)


@pytest.mark.parametrize("value", [12_400, ["12400"]])
def test_it_refuses_brackets_that_are_not_a_list_of_numbers(groups, value):
    groups["income_tax.bracket_tops"]["single"] = value
    with pytest.raises(LawTableError, match="not what belongs there"):
        check_groups(groups)


def test_it_refuses_a_number_for_a_yes_or_no(groups):
    groups["gifts.nonitemizer_above_the_line"]["everyone"] = 1
    with pytest.raises(LawTableError, match="not what belongs there"):
        check_groups(groups)


@pytest.mark.parametrize(
    ("text", "message"),
    [
        ("year = 2025\n", r"federal_2026\.toml is the table of 2025"),
        ("year = 2026\n", r"federal_2026\.toml: missing"),
    ],
    ids=["another year's table", "a table without groups"],
)
def test_a_problem_names_the_file(tmp_path, monkeypatch, text, message):
    (tmp_path / "federal_2026.toml").write_text(text, encoding="utf-8")
    monkeypatch.setattr(published, "TABLES", tmp_path)
    with pytest.raises(LawTableError, match=message):
        published_groups.__wrapped__(2026)
