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
    assert len(house) == 4
    assert all("not law" in section and "binding law" not in section for section in house)
