"""Document numbers, plates, cards and accounts in every written form; checks keep what only looks like one apart."""

import pytest
from tests.unit.deid.document_forms import CARDS, CITIZENS, NOBODY, PAPERS, PLATES, REACHED, WRITTEN, hong_kong

from yinji.deid import FindingKind, hide, scan
from yinji.deid.papers import hong_kong_check, taiwan_checks

PLACES = ("{}", "身份证号：{}，谢谢", "本人{}")
TOLD = {
    FindingKind.DOCUMENT: PAPERS,
    FindingKind.PLATE: PLATES,
    FindingKind.ACCOUNT: CARDS,
}


@pytest.mark.parametrize("form", WRITTEN)
def test_an_identity_number_is_found_in_every_form(form: str) -> None:
    for number in CITIZENS:
        for place in PLACES:
            written, start = WRITTEN[form](number), place.index("{}")
            found = [one for one in scan(place.format(written)) if one.kind is FindingKind.IDENTITY]
            assert any(one.span.start <= start and one.span.end >= start + len(written) for one in found), (place, written)


@pytest.mark.parametrize(("kind", "text"), [(kind, text) for kind, texts in TOLD.items() for text in texts])
def test_a_document_a_plate_or_a_card_is_found(kind: FindingKind, text: str) -> None:
    kinds = {one.kind for one in scan(text)}
    assert kinds & {kind, FindingKind.IDENTITY} if kind is FindingKind.DOCUMENT else kind in kinds
    assert not any(sign.isdecimal() for sign in hide(text).text)


@pytest.mark.parametrize("text", REACHED)
def test_an_account_or_a_mail_address_is_found(text: str) -> None:
    assert {one.kind for one in scan(text)} & {FindingKind.ACCOUNT, FindingKind.EMAIL}


@pytest.mark.parametrize("text", NOBODY)
def test_what_only_looks_like_a_document_is_left_alone(text: str) -> None:
    assert scan(text) == ()


def test_a_half_hidden_identity_number_is_told_apart() -> None:
    (half,) = scan("110105********002X")
    assert half.kind is FindingKind.IDENTITY
    assert "hidden only in part" in half.reason.en
    assert scan("1****************X") == scan("110***********0021") == ()


def test_the_checks_are_those_of_the_places_that_issue_them() -> None:
    assert [hong_kong_check("A", "123456"), hong_kong_check("Z", "683365"), hong_kong_check("AB", "987654")] == ["3", "A", "3"]
    assert taiwan_checks("A", "123456789")
    assert not taiwan_checks("A", "123456788")
    right, wrong = scan(hong_kong("K", "765432")), scan("K765432(A)")
    assert right[0].confidence > wrong[0].confidence
