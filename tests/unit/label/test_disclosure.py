"""Combined disclosure, by its rules: what is joined, what breaks, what is excused."""

from __future__ import annotations

from datetime import date
from random import Random

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from tests.simulators.recovering import invented

from yinji.deid import Part as AddressPart
from yinji.deid import mask_address, mask_name, mask_phone, read_address, read_division
from yinji.kernel.mask import Span
from yinji.kernel.said import Said
from yinji.label.disclosure.channels import CHANNELS, PLIES
from yinji.label.disclosure.judging import disclosed
from yinji.label.disclosure.model import (
    Audience,
    Channel,
    Disclosure,
    Known,
    Made,
    Manner,
    Member,
    Part,
    Standing,
    Who,
    picture,
)
from yinji.label.layout import TEMPLATES

ON = date(2026, 11, 22)
NAME, PHONE, ADDRESS = (Part(Who.RECIPIENT, member) for member in Member)


def known(name: str, phone: str, address: str) -> dict[Part, Known]:
    division = read_division(address)
    end = division.end if division else 0
    rooms = tuple(each.span for each in read_address(address).parts if each.part in {AddressPart.UNIT, AddressPart.ROOM})
    masks = (mask_name(name).text, mask_phone(phone).text, mask_address(address).text)
    hidden = address[:end] + "*" * (len(address) - end)
    return {
        NAME: Known(masks[0], masks[0]),
        PHONE: Known(masks[1], masks[1]),
        ADDRESS: Known(masks[2], masks[2], division=hidden, rooms=rooms),
    }


def standing(told: Disclosure, part: Part, audience: Audience = Audience.ALL) -> Standing:
    (found,) = [each for each in told.of(audience) if each.part == part]
    return found.standing


def one(part: Part, value: Known, *, exempt: bool = False) -> Disclosure:
    return disclosed({part: value}, CHANNELS, exempt=exempt, on=ON)


def test_every_template_says_what_each_of_its_plies_shows() -> None:
    assert {size: len(template.plies) for size, template in TEMPLATES.items()} == {
        size: len(plies) for size, plies in PLIES.items()
    }
    assert len({each.id for each in CHANNELS}) == len(CHANNELS)


@settings(max_examples=60, deadline=None)
@given(st.integers(0, 2**32))
def test_the_masks_of_anybody_satisfy_the_rules_over_all_channels(seed: int) -> None:
    (person,) = invented(Random(seed))  # noqa: S311 - invented people
    told = disclosed(known(*person), CHANNELS, exempt=False, on=ON)
    assert told.kept, [(each.audience, each.part, picture(each.shown)) for each in told.unions]
    assert told.rule is not None
    assert told.rule.id == "house-combined-disclosure"


@pytest.mark.parametrize(
    ("part", "value", "rule"),
    [
        (PHONE, Known("138****5678", "1******5678"), "gbt-41833-visible-digits"),
        (PHONE, Known("1******5678", "******45678"), "gbt-41833-visible-digits"),
        (NAME, Known("*思远", "李**"), "gbt-41833-name"),
        (ADDRESS, Known("西湖区望云路8号3幢***室", "西湖区望云路8号3幢501*", rooms=(Span(11, 15),)), "gbt-41833-address"),
        (ADDRESS, Known("西湖区望云路8号3幢2单元***", "西湖区望云路8号3幢******"), "gbt-41833-address"),
    ],
)
def test_two_masks_that_each_hide_enough_and_together_do_not_are_found(part: Part, value: Known, rule: str) -> None:
    told = one(part, value)
    assert not told.kept
    (found,) = told.of(Audience.ALL)
    assert (found.standing, found.rule and found.rule.id) == (Standing.BROKEN, rule)
    assert standing(told, part, Audience.HOLDER) is Standing.BROKEN, "the label as it was issued, and as it is printed again"
    assert standing(told, part, Audience.ASKER) is Standing.KEPT


def test_a_page_that_shows_other_digits_than_the_label_breaks_the_rule() -> None:
    shows = {PHONE: Manner.MASK}
    label = Channel("label", Said("面单", "label"), frozenset({Audience.HOLDER}), shows, frozenset({Made.ISSUED}))
    other = Channel("page", Said("页", "page"), frozenset({Audience.ASKER}), shows)
    value = Known("*******5678", "138****5678")  # the page's own mask shows seven digits with the label's tail
    told = disclosed({PHONE: value}, (label, other), exempt=False, on=ON)
    assert standing(told, PHONE, Audience.HOLDER) is Standing.KEPT
    assert standing(told, PHONE) is Standing.BROKEN
    assert picture(told.of(Audience.ALL)[0].shown) == "●●●····●●●●"


def test_a_hotline_of_five_digits_is_hidden_whole_or_not_hidden() -> None:
    assert one(PHONE, Known("*****", "*****")).kept
    assert not one(PHONE, Known("9****", "9****")).kept


def test_virtual_numbers_may_stand_whole_and_a_lapsed_one_is_said_to_be_so() -> None:
    whole, masked = "18400913965-7576", mask_phone("18400913965-7576").text
    assert standing(one(PHONE, Known(whole, whole, virtual=True)), PHONE) is Standing.VIRTUAL
    assert standing(one(PHONE, Known(whole, masked, virtual=True)), PHONE) is Standing.LAPSED
    assert standing(one(PHONE, Known(whole, whole)), PHONE) is Standing.BROKEN


def test_an_exempt_label_shows_its_recipient_and_nobody_else() -> None:
    of_sender = Part(Who.SENDER, Member.NAME)
    told = disclosed({NAME: Known("李**", "李**"), of_sender: Known("赵**", "赵**")}, CHANNELS, exempt=True, on=ON)
    assert standing(told, NAME) is Standing.EXEMPT
    assert standing(told, NAME, Audience.ASKER) is Standing.KEPT
    assert standing(told, of_sender) is Standing.KEPT
    assert told.kept


def test_what_nobody_gave_is_shown_by_nobody() -> None:
    told = one(PHONE, Known("", ""))
    assert (told.unions, told.kept) == ((), True)
