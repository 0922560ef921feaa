"""The decision table: what is not written there is refused."""

from __future__ import annotations

from itertools import product

import pytest
from hypothesis import given
from hypothesis import strategies as st
from tests.unit.access.people import COURIER, OPERATOR, STRANGER

from yinji.access.model import MOVES, OWNER, PermitState, Post
from yinji.access.rules import CLOCK_TOLERANCE_MS, POSTS, VIEWS, clock_holds, may_disclose, within_life
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

ERASING = {
    ("operations", P.ANSWER_PERSON),
    ("compliance", P.ANSWER_PERSON),
    ("operations", P.RETENTION),
    ("compliance", P.RETENTION),
}

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
        if deed is Deed.ERASE:
            allowed = (post, purpose) in ERASING and view is V.MASKED
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


@pytest.mark.parametrize("deed", [Deed.REVEAL, Deed.FIND])
def test_the_end_of_retention_lets_nobody_look(deed: Deed) -> None:
    assert {decided("operations", P.RETENTION, view, deed) for view in View} == {Refusal.PURPOSE_NOT_ALLOWED}


def test_a_stranger_sees_not_even_a_mask() -> None:
    assert {decided(STRANGER.post, purpose, V.MASKED) for purpose in Purpose} == {Refusal.ACCOUNT_NOT_ALLOWED}


@given(used=st.integers(0, 300), most=st.integers(0, 300))
def test_what_is_used_up_is_refused(used: int, most: int) -> None:
    answer = decided(OPERATOR.post, P.SOLVE_DELIVERY, V.PHONE, used=used, most=most)
    assert (answer is Refusal.QUOTA_SPENT) is (used >= most)


@given(used=st.integers(0, 300), most=st.integers(0, 300))
def test_an_erasure_waits_for_no_quota(used: int, most: int) -> None:
    assert isinstance(decided("compliance", P.RETENTION, V.MASKED, Deed.ERASE, used=used, most=most), Allow)


@given(made=st.integers(0, 2**47), life=st.integers(0, 3_600_000), now=st.integers(0, 2**48 - 1))
def test_a_permit_lives_from_the_moment_it_was_made_to_its_end(made: int, life: int, now: int) -> None:
    for moment in (now, made - 1, made, made + life, made + life + 1):
        answer = within_life(now_ms=moment, made_ms=made, expires_ms=made + life)
        code = answer.code if isinstance(answer, Refuse) else None
        assert code is (Refusal.CLOCK_BACK if moment < made else Refusal.PERMIT_EXPIRED if moment > made + life else None)


@given(newest=st.integers(0, 2**48 - 1), behind=st.integers(-(2**40), 2**40))
def test_a_clock_may_lie_behind_by_the_tolerance_and_no_more(newest: int, behind: int) -> None:
    answer = clock_holds(now_ms=newest - behind, newest_ms=newest)
    assert isinstance(answer, Refuse) is (behind > CLOCK_TOLERANCE_MS)


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
