"""A malformed pack is named with place and remedy."""

import pytest

from yinji.kernel.faults import Fault
from yinji.kernel.refusals import Refusal
from yinji.law.reading import by_id, read_pack

GOOD = """
pack = "trial"
version = "2026-01-02"
[texts.a]
law_id = "some-law"
title = { zh = "某办法", en = "Some measures" }
short = "某办法"
version = "2026"
source_title = "invented"
[[rule]]
id = "some-rule"
text = "a"
article = "7"
says = { zh = "应当", en = "shall" }
value = 3
unit = "digit"
confidence = "A*"
weight = "binding"
treatment = "H"
effective_from = 2026-01-01
"""


def refused(content: str) -> str:
    with pytest.raises(Fault) as caught:
        read_pack("trial.toml", content)
    assert caught.value.code is Refusal.RULE_PACK_MALFORMED
    return caught.value.at


def test_a_good_pack_is_read() -> None:
    version, rules = read_pack("trial.toml", GOOD)
    assert version == "trial-2026-01-02"
    assert [(rule.id, rule.value, rule.law_title.en) for rule in rules] == [("some-rule", 3, "Some measures")]


@pytest.mark.parametrize(
    ("old", "new", "said"),
    [
        ('pack = "trial"', "pack = trial", "not TOML"),
        ('version = "2026-01-02"', 'version = "soon"', "version 'soon' is malformed"),
        ('text = "a"', 'text = "b"', "'b' is not among [texts]"),
        ('article = "7"', 'article = "seven"', "article 'seven' is malformed"),
        ('en = "shall"', 'en = " "', "en is empty"),
        ("value = 3", 'value = "3"', "value is not a whole number"),
        ("value = 3", "value = true", "value is not a whole number"),
        ('unit = "digit"\n', "", "value is not a whole number with a unit"),
        ('confidence = "A*"', 'confidence = "sure"', "use one of A, A*"),
        ('weight = "binding"', 'weight = "strong"', "use one of binding"),
        ("effective_from = 2026-01-01", 'effective_from = "2026-01-01"', "effective_from is missing or no date"),
        ("effective_from = 2026-01-01", "effective_from = 2026-01-01\neffective_to = 2025-01-01", "exchange the two days"),
        ('treatment = "H"', 'treatment = "H"\nnote = "x"', "unknown key 'note'"),
        ('short = "某办法"\n', "", "short is missing"),
        ('treatment = "H"', 'treatment = "H"\nnames = []', "names is not a list of different words"),
        ('treatment = "H"', 'treatment = "H"\nnames = ["unit", "unit"]', "names is not a list of different words"),
        ('treatment = "H"', 'treatment = "H"\nnames = [1]', "names is not a list of different words"),
        ('treatment = "H"', 'treatment = "H"\nnames = "unit"', "names is missing or no list"),
    ],
)
def test_a_fault_names_its_place_and_its_remedy(old: str, new: str, said: str) -> None:
    assert old in GOOD
    at = refused(GOOD.replace(old, new, 1))
    assert said in at
    assert at.startswith("trial.toml")


def test_a_rule_may_list_names() -> None:
    _, (rule,) = read_pack("trial.toml", GOOD + 'names = ["unit", "floor-beside"]\n')
    assert rule.names == ("unit", "floor-beside")


@pytest.mark.parametrize("ending", ["", "effective_to = 2026-06-01\n"])
def test_two_versions_in_force_on_one_day_are_refused(ending: str) -> None:
    rule = GOOD[GOOD.index("[[rule]]") :]
    _, rules = read_pack("trial.toml", GOOD + ending + rule.replace("2026-01-01", "2026-06-01"))
    with pytest.raises(Fault, match="give the older version an effective_to"):
        by_id(rules)


def test_versions_that_follow_each_other_are_accepted() -> None:
    rule = GOOD[GOOD.index("[[rule]]") :]
    ended = GOOD + "effective_to = 2026-05-31\n" + rule.replace("2026-01-01", "2026-06-01")
    _, rules = read_pack("trial.toml", ended)
    assert [version.effective_from.month for version in by_id(rules)["some-rule"]] == [1, 6]
