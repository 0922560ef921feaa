"""The rule in force on a day, and how it is cited."""

from datetime import date, timedelta
from itertools import pairwise

import pytest
from hypothesis import given
from hypothesis import strategies as st

from yinji import law
from yinji.law.force import every_version, strictest

TODAY = date(2026, 11, 21)
PROMISED = (
    "gbt-41833-name", "gbt-41833-phone", "gbt-41833-address", "express-regulation-identity", "express-measures-36",
    "house-leak-probe", "house-text-fits", "house-glyphs", "mask-floor",
)  # fmt: skip


@pytest.mark.parametrize("rule_id", PROMISED)
def test_every_promised_rule_is_in_force_today(rule_id: str) -> None:
    assert law.rule(rule_id, TODAY) is not None


def test_an_unknown_rule_is_none() -> None:
    assert law.rule("no-such-rule", TODAY) is None


def test_a_rule_is_none_before_its_first_day() -> None:
    assert law.rule("gbt-41833-phone", date(2023, 1, 31)) is None
    assert law.rule("gbt-41833-phone", date(2023, 2, 1)) is not None


def test_the_renumbered_article_changes_on_its_day() -> None:
    before = law.rule("express-regulation-identity", date(2025, 5, 31))
    after = law.rule("express-regulation-identity", date(2025, 6, 1))
    assert before is not None
    assert after is not None
    assert (before.article, after.article) == ("22", "23")
    assert law.citation(before) == "快递暂行条例（2019年文本）第22条"
    assert law.citation(after) == "快递暂行条例（2025年文本）第23条"


def test_an_article_that_was_not_seen_is_said_to_be_unseen() -> None:
    rule = law.rule("gbt-41833-name", TODAY)
    assert rule is not None
    assert law.citation(rule) == "GB/T 41833-2022（条款号未见）"


def test_a_rule_of_the_house_is_never_cited_as_law() -> None:
    rule = law.rule("mask-floor", TODAY)
    assert rule is not None
    assert rule.weight is law.Weight.HOUSE
    assert rule.confidence is law.Confidence.JUDGEMENT
    assert "非法律条文" in law.citation(rule)


def test_a_recommended_standard_is_never_marked_binding() -> None:
    marked = [rule.id for rule in every_version() if rule.law_id.startswith("gbt") and rule.weight is law.Weight.BINDING]
    assert not marked


def test_the_numbers_of_the_standard_carry_their_units() -> None:
    phone, name = law.rule("gbt-41833-phone", TODAY), law.rule("gbt-41833-name", TODAY)
    assert phone is not None
    assert name is not None
    assert (phone.value, phone.unit, name.value, name.unit) == (6, "digit", 1, "character")
    assert strictest("gbt-41833-phone") == 6


def test_the_pack_version_names_pack_date_and_content() -> None:
    name, digest = law.pack_version().split(".")
    assert name.startswith("label-20")
    assert len(digest) == 8


@given(st.dates(min_value=date(2018, 1, 1), max_value=date(2100, 1, 1)))
def test_on_any_day_each_rule_has_one_version(on: date) -> None:
    ids = [rule.id for rule in law.rules(on)]
    assert len(ids) == len(set(ids))
    assert all(law.rule(rule_id, on) is not None for rule_id in ids)


def test_versions_of_a_rule_leave_no_gap() -> None:
    versions = [rule for rule in every_version() if rule.id == "express-regulation-identity"]
    for older, newer in pairwise(versions):
        assert older.effective_to is not None
        assert newer.effective_from - older.effective_to == timedelta(days=1)
