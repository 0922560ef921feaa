"""The page of rules is made from the packs and says what each rule is."""

from pathlib import Path

from yinji import law
from yinji.law.force import every_version

PAGE = Path(__file__).parents[3] / "docs" / "reference" / "rules.md"


def test_the_page_in_the_tree_is_the_page_that_the_packs_make() -> None:
    assert PAGE.read_text(encoding="utf-8") == law.rules_page(), "write law.rules_page() to docs/reference/rules.md"


def test_every_version_of_every_rule_has_its_section() -> None:
    page = law.rules_page()
    assert all(f"### {rule.id} from {rule.effective_from}" in page for rule in every_version())


def test_no_rule_of_the_house_is_shown_as_law() -> None:
    sections = law.rules_page().split("### ")[1:]
    house = [section for section in sections if section.startswith(("house-", "mask-"))]
    assert len(house) == 17
    assert all("not law" in section and "binding law" not in section for section in house)


def test_a_draft_is_shown_as_a_draft() -> None:
    (draft,) = [rule for rule in every_version() if rule.id == "exemption-judicial"]
    assert "征求意见稿，未生效" in law.citation(draft)
    assert law.citation(draft) in law.rules_page()
    assert draft.weight is not law.Weight.BINDING


def test_the_page_says_weight_confidence_and_remedy_of_every_rule_of_a_label() -> None:
    page = law.rules_page()
    for rule in every_version():
        if rule.remedy is not None:
            section = page.split(f"### {rule.id} from {rule.effective_from}")[1].split("### ")[0]
            assert rule.remedy.zh in section
            assert f"| confidence | {rule.confidence.value} |" in section
