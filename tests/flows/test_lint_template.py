"""A hundred difficult people: nothing of them stands on a label, by the label's own account and by what a reader finds in the PDF."""

from __future__ import annotations

import json
from datetime import date
from io import BytesIO

import pypdfium2 as pdfium
import pytest
from typer.testing import CliRunner

from yinji.doors.cli.app import build_app
from yinji.doors.cli.context import Rooms
from yinji.flows import lint_template as flow
from yinji.flows.lint_template import Verdict, lint_template
from yinji.kernel.refusals import Refusal
from yinji.label import Press, find_fonts, sizes
from yinji.label.difficult import difficult_people
from yinji.label.lints import LINTS, RULES
from yinji.label.passed import Label

ON, AT_MS = date(2026, 11, 22), 1_795_312_800_000
PEOPLE = difficult_people()


@pytest.fixture(scope="module")
def press() -> Press:
    return Press(find_fonts())


def test_there_are_a_hundred_and_each_says_what_must_be_hidden() -> None:
    assert len(PEOPLE) == 100
    assert len({each.name for each in PEOPLE}) == len({each.phone for each in PEOPLE}) == 100
    assert {code for each in PEOPLE for code in each.may} <= {code.name for code in Refusal}
    for each in PEOPLE:
        written = _close(f"{each.name}{each.phone}{each.address}{each.contents}{each.remark}")
        assert not [needle for needle in each.hide if _close(needle) not in written], each.name


def _close(text: str) -> str:
    return flow._plain(text).replace("-", "")


@pytest.mark.parametrize("size", sizes())
def test_every_built_in_template_hides_all_of_them(size: str) -> None:
    verdict = lint_template(Press(find_fonts(), size=size), size, on=ON, at_ms=AT_MS)
    wrong = [(each.person, each.codes, each.shown) for each in verdict.people if each.verdict in {Verdict.FAILS, Verdict.LEAKS}]
    assert not wrong
    assert verdict.holds
    assert sum(each.verdict is Verdict.PASSES for each in verdict.people) >= 90
    assert verdict.by_rule().keys() == set(RULES)


def test_a_reader_of_the_document_finds_none_of_them(press: Press) -> None:
    found = [(each, flow._label(press, each, flow._SENDER, on=ON, at_ms=AT_MS)) for each in PEOPLE]
    labels = [(person, label) for person, label in found if isinstance(label, Label)]
    document = pdfium.PdfDocument(BytesIO(press.to_pdf([label for _, label in labels])))
    for (person, _), page in zip(labels, document, strict=True):
        text = flow._plain(page.get_textpage().get_text_range()).replace(flow._plain("2026-11-22 10:00"), "")
        assert text
        assert not [needle for needle in flow._needles(person, ON) if needle in text], person.name


def test_a_leak_that_masks_and_lints_share_is_seen(press: Press, monkeypatch: pytest.MonkeyPatch) -> None:
    for rule in ("gbt-41833-name", "house-leak-probe", "house-free-text"):
        monkeypatch.setitem(LINTS, rule, lambda _proof, _rule: ())
    monkeypatch.setattr(flow, "draft_label", _unmasked)
    press = Press(find_fonts())
    from yinji.label import lints  # noqa: PLC0415 - its memory of the day's rules must be taken anew

    lints._live.cache_clear()
    try:
        verdict = lint_template(press, "76x130", on=ON, at_ms=AT_MS, people=PEOPLE[3:4])
    finally:
        monkeypatch.undo()
        lints._live.cache_clear()
    assert verdict.leaks
    assert verdict.people[0].shown == ("label",)


def _unmasked(*given: object, **named: object) -> object:
    from dataclasses import replace  # noqa: PLC0415 - used here only

    from yinji.flows.draft_label import draft_label  # noqa: PLC0415 - as above

    draft = draft_label(*given, **named)  # type: ignore[arg-type] - handed on as it came
    return replace(draft, recipient=replace(draft.recipient, name="欧阳娜娜"))


def test_a_refusal_that_is_not_the_persons_own_fails(press: Press) -> None:
    person = PEOPLE[3]._replace(phone="110")
    (verdict,) = lint_template(press, "76x130", on=ON, at_ms=AT_MS, people=[person]).people
    assert (verdict.verdict, verdict.codes) == (Verdict.FAILS, ("PHONE_IMPOSSIBLE",))
    allowed = lint_template(press, "76x130", on=ON, at_ms=AT_MS, people=[person._replace(may=("PHONE_IMPOSSIBLE",))])
    assert allowed.holds


def test_an_expired_virtual_number_is_masked_as_a_real_one(press: Press) -> None:
    (person,) = [each for each in PEOPLE if each.until is not None]
    past = flow._label(press, person, flow._SENDER, on=ON, at_ms=AT_MS)
    before = flow._label(press, person._replace(until=ON), flow._SENDER, on=ON, at_ms=AT_MS)
    assert isinstance(past, Label)
    assert isinstance(before, Label)
    assert past.draft.recipient.virtual_number == ""
    assert before.draft.recipient.virtual_number == person.phone


def _app() -> object:
    return build_app(Rooms(_never, _never, _never, _never), only={"lint"})  # type: ignore[arg-type] - it needs no node


def test_the_command_ends_with_zero_where_a_template_holds() -> None:
    done = CliRunner().invoke(_app(), ["--lang", "en", "lint", "76x130", "--json"])  # type: ignore[arg-type] - a Typer
    assert done.exit_code == 0, done.output
    (template,) = json.loads(done.stdout)["templates"]
    assert template["holds"] is True
    refused = [each for each in template["people"] if each["findings"]]
    assert refused
    assert all(found["remedy"] and found["weight"] for each in refused for found in each["findings"])


def test_the_command_says_rule_weight_and_remedy() -> None:
    done = CliRunner().invoke(_app(), ["--lang", "zh", "lint", "76x130"])  # type: ignore[arg-type] - a Typer
    assert done.exit_code == 0
    assert "推荐性标准，可信度" in done.stdout
    assert "→" in done.stdout


def _never(*_: object) -> None:
    raise AssertionError("lint opens no node")
