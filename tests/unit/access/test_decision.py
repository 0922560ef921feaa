"""The decision table: what is not written there is refused."""

from __future__ import annotations

from itertools import product

import pytest
from hypothesis import given
from hypothesis import strategies as st
from tests.unit.access.people import COURIER, OPERATOR, STRANGER

from yinji.access.model import MOVES, OWNER, PermitState, Post
from yinji.access.rules import POSTS, VIEWS, may_disclose
from yinji.kernel.actor import Actor
from yinji.kernel.decision import Allow, Refuse
from yinji.kernel.ids import Ref
from yinji.kernel.purpose import Deed, Purpose, View
from yinji.kernel.refusals import Refusal

P, V = Purpose, View
EVERY_VIEW = frozenset(View)
SMALL_VIEWS = frozenset({V.MASKED, V.NAME, V.PHONE, V.ADDRESS, V.ALL})

ALLOWED: dict[tuple[str, Purpose], frozenset[View]] = {
    ("courier", P.DELIVER): frozenset({V.MASKED, V.ADDRESS, V.NAME}),
    ("courier", P.CONTACT_RECIPIENT): frozenset({V.MASKED, V.PHONE}),
    ("operations", P.DELIVER): frozenset({V.MASKED, V.ADDRESS, V.NAME}),
    ("operations", P.CONTACT_RECIPIENT): frozenset({V.MASKED, V.PHONE}),
    ("operations", P.SOLVE_DELIVERY): SMALL_VIEWS,
    ("operations", P.RETURN_PARCEL): SMALL_VIEWS,
    ("operations", P.ANSWER_PERSON): EVERY_VIEW,
    ("operations", P.AUTHORITY): EVERY_VIEW,
    ("compliance", P.ANSWER_PERSON): EVERY_VIEW,
    ("compliance", P.AUTHORITY): EVERY_VIEW,
}
"""Written out a second time: a change of the rules must be made twice."""

SEARCHING = frozenset({P.SOLVE_DELIVERY, P.RETURN_PARCEL, P.ANSWER_PERSON, P.AUTHORITY})


def actor(post: str) -> Actor:
    return Actor(Ref(bytes(16)), Ref(bytes(16)), post, "here")


def decided(
    post: str, purpose: Purpose, view: View, deed: Deed = Deed.REVEAL, *, used: int = 0, most: int = 10
) -> Allow | Refusal:
    answer = may_disclose(actor=actor(post), purpose=purpose, deed=deed, view=view, used_today=used, daily_max=most)
    assert isinstance(answer, Allow | Refuse)
    return answer if isinstance(answer, Allow) else answer.code


POSTS_AND_OTHERS = [*(post.value for post in Post), "cleaner", "", "OPERATIONS", "operations "]


@pytest.mark.parametrize("purpose", Purpose)
@pytest.mark.parametrize("post", POSTS_AND_OTHERS)
def test_everything_that_is_not_allowed_in_words_is_refused(post: str, purpose: Purpose) -> None:
    for view, deed in product(View, Deed):
        allowed = view in ALLOWED.get((post, purpose), frozenset()) and (deed is Deed.REVEAL or purpose in SEARCHING)
        assert isinstance(decided(post, purpose, view, deed), Allow) is allowed, (view, deed)


@given(post=st.text(max_size=20), purpose=st.sampled_from(Purpose), view=st.sampled_from(View), deed=st.sampled_from(Deed))
def test_a_post_nobody_knows_sees_nothing(post: str, purpose: Purpose, view: View, deed: Deed) -> None:
    if post not in {known.value for known in Post}:
        assert decided(post, purpose, view, deed) is Refusal.ACCOUNT_NOT_ALLOWED


@pytest.mark.parametrize("purpose", [P.ISSUE, P.TEND_NODE])
def test_a_purpose_that_is_not_about_looking_shows_nothing_to_anyone(purpose: Purpose) -> None:
    assert purpose not in POSTS
    assert purpose not in VIEWS
    assert {decided(post.value, purpose, view) for post in Post for view in View} == {Refusal.ACCOUNT_NOT_ALLOWED}


def test_a_courier_reads_the_address_but_not_everything() -> None:
    assert isinstance(decided(COURIER.post, P.DELIVER, V.ADDRESS), Allow)
    assert decided(COURIER.post, P.DELIVER, V.ALL) is Refusal.PURPOSE_NOT_ALLOWED
    assert decided(COURIER.post, P.DELIVER, V.PHONE) is Refusal.PURPOSE_NOT_ALLOWED
    assert decided(COURIER.post, P.SOLVE_DELIVERY, V.MASKED) is Refusal.ACCOUNT_NOT_ALLOWED


@pytest.mark.parametrize("purpose", [P.DELIVER, P.CONTACT_RECIPIENT])
def test_a_courier_does_not_search(purpose: Purpose) -> None:
    assert decided(COURIER.post, purpose, V.MASKED, Deed.FIND) is Refusal.PURPOSE_NOT_ALLOWED


def test_a_stranger_sees_not_even_a_mask() -> None:
    assert {decided(STRANGER.post, purpose, V.MASKED) for purpose in Purpose} == {Refusal.ACCOUNT_NOT_ALLOWED}


@given(used=st.integers(0, 300), most=st.integers(0, 300))
def test_what_is_used_up_is_refused(used: int, most: int) -> None:
    answer = decided(OPERATOR.post, P.SOLVE_DELIVERY, V.PHONE, used=used, most=most)
    assert (answer is Refusal.QUOTA_SPENT) is (used >= most)


def test_an_allow_explains_itself() -> None:
    answer = decided(OPERATOR.post, P.SOLVE_DELIVERY, V.PHONE, used=3)
    assert isinstance(answer, Allow)
    assert answer.because == ("post operations", "purpose solve", "view phone", "3 of 10")


@pytest.mark.parametrize(("post", "purpose", "view"), [("courier", P.AUTHORITY, V.ALL), ("operations", P.DELIVER, V.PHONE)])
def test_a_refusal_names_what_was_asked(post: str, purpose: Purpose, view: View) -> None:
    answer = may_disclose(actor=actor(post), purpose=purpose, deed=Deed.REVEAL, view=view, used_today=0, daily_max=1)
    assert isinstance(answer, Refuse)
    assert purpose.value in answer.at


def test_a_permit_goes_from_intended_to_used_and_ends() -> None:
    assert {PermitState.INTENDED: {PermitState.USED}, PermitState.USED: set()} == MOVES
    assert set(OWNER) == set(PermitState)
