"""Which grounds exempt, how a document is named, who may ask and decide, how many wrong secrets there may be."""

from __future__ import annotations

from dataclasses import replace
from datetime import date
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st
from tests.unit.access.people import COMPLIANCE, COURIER, OPERATOR, RECIPIENT

from yinji.access.accounts import rules as accounts
from yinji.access.accounts.hashing import fresh_secret, hashed, matches
from yinji.access.accounts.model import Tries
from yinji.access.exempting import rules
from yinji.access.exempting.model import Exemption, ExemptionState, Ground
from yinji.access.model import Post
from yinji.kernel.decision import Allow, Decision, Refuse
from yinji.kernel.ids import FIRST_SHARD
from yinji.kernel.private import Private
from yinji.kernel.refusals import Refusal

TODAY = date(2026, 11, 21)
CASE = "（2026）沪01民初12号"
ASKED = Exemption(RECIPIENT, FIRST_SHARD, "M", Ground("document", CASE), OPERATOR.account, 1_000, 2_000, ExemptionState.ASKED)


def _code(answer: Decision | Ground) -> Refusal | None:
    return answer.code if isinstance(answer, Refuse) else None


@pytest.mark.parametrize("text", [CASE, "(2026)京0105刑初1234号", "〔2025〕最高法知民终7号", "（2026）浙0106执保33号之一"])
def test_the_number_of_a_courts_case_names_a_document(text: str) -> None:
    assert rules.is_document(text)


@pytest.mark.parametrize(
    "text",
    [
        "",
        "李思远",
        "13800001234",
        "（2026）李思远1号",
        "（2026）沪01民初13800001234号",
        "（2026）沪01民初12号 李思远",
        "李思远（2026）沪01民初12号",
        "（2026）沪01民初12号望云路8号",
        "（2026）" + "沪" * 40 + "1号",
        "case 12",
    ],
)
def test_a_name_a_phone_and_a_sentence_name_no_document(text: str) -> None:
    assert not rules.is_document(text)


@given(st.text(alphabet="王李张刘陈思远静怡浩然0123456789（）号沪民初", max_size=45))
def test_whatever_names_a_document_holds_no_long_number_and_begins_with_a_year(text: str) -> None:
    if rules.is_document(text):
        assert text[1:5].isdigit()
        assert not any(text[at : at + 7].isdigit() for at in range(len(text)))


def test_a_document_is_a_ground_and_needs_its_number() -> None:
    assert rules.judge_ground("document", " （2026） 沪01民初12号 ", on=TODAY, on_draft=False) == Ground("document", CASE)
    assert _code(rules.judge_ground("document", "", on=TODAY, on_draft=False)) is Refusal.DOCUMENT_MALFORMED


def test_a_draft_exempts_nothing_by_itself_and_where_it_may_it_stays_a_draft() -> None:
    refused = rules.judge_ground("exemption-judicial", "", on=TODAY, on_draft=False)
    assert isinstance(refused, Refuse)
    assert refused.code is Refusal.EXEMPTION_GROUND_IS_DRAFT
    assert "未生效" in refused.at
    allowed = rules.judge_ground("exemption-judicial", "", on=TODAY, on_draft=True)
    assert isinstance(allowed, Ground)
    assert (allowed.draft, allowed.said) == (True, "exemption-judicial:draft")


@pytest.mark.parametrize("code", ["", "gbt-41833-name", "exemption-of-mine", "领导要求"])
def test_a_rule_that_exempts_nobody_is_no_ground(code: str) -> None:
    assert _code(rules.judge_ground(code, CASE, on=TODAY, on_draft=True)) is Refusal.EXEMPTION_GROUND_UNKNOWN


def test_who_asked_does_not_approve_and_only_compliance_does() -> None:
    assert isinstance(rules.may_approve(COMPLIANCE, ASKED, now_ms=1_500), Allow)
    own = replace(ASKED, asked_by=COMPLIANCE.account)
    assert _code(rules.may_approve(COMPLIANCE, own, now_ms=1_500)) is Refusal.EXEMPTION_OWN
    for other in (OPERATOR, COURIER):
        assert _code(rules.may_approve(other, ASKED, now_ms=1_500)) is Refusal.ACCOUNT_NOT_ALLOWED
    assert _code(rules.may_ask(COURIER)) is Refusal.ACCOUNT_NOT_ALLOWED


@pytest.mark.parametrize("change", [{"until_ms": 1_499}, {"state": ExemptionState.REFUSED}, {"state": ExemptionState.APPROVED}])
def test_what_no_longer_waits_is_not_approved(change: dict[str, Any]) -> None:
    assert _code(rules.may_approve(COMPLIANCE, replace(ASKED, **change), now_ms=1_500)) is Refusal.EXEMPTION_ENDED


def test_who_asked_and_compliance_may_withdraw_and_nobody_else() -> None:
    approved = replace(ASKED, state=ExemptionState.APPROVED)
    for actor in (OPERATOR, COMPLIANCE):
        assert isinstance(rules.may_refuse(actor, approved, now_ms=1_500), Allow)
    assert _code(rules.may_refuse(COURIER, approved, now_ms=1_500)) is Refusal.ACCOUNT_NOT_ALLOWED
    used = replace(ASKED, state=ExemptionState.USED)
    assert _code(rules.may_refuse(COMPLIANCE, used, now_ms=1_500)) is Refusal.EXEMPTION_ENDED


@pytest.mark.parametrize(("code", "fits"), [("officer-1", True), ("李思远", False), ("a13800001234", False), ("A", False)])
def test_an_accounts_code_is_short_and_no_name_or_phone(code: str, *, fits: bool) -> None:
    assert accounts.is_account(code) is fits


def test_operations_opens_the_first_compliance_account_and_no_second() -> None:
    def may(by: str, post: Post, *, led: bool) -> bool:
        return isinstance(accounts.may_open(by=by, post=post, led=led), Allow)

    assert may("operations", Post.COMPLIANCE, led=False)
    assert not may("operations", Post.COMPLIANCE, led=True)
    assert may("operations", Post.COURIER, led=True)
    assert may("compliance", Post.COMPLIANCE, led=True)
    assert not may("courier", Post.COURIER, led=False)


@given(st.lists(st.integers(0, accounts.WINDOW_MS // 4), max_size=40))
def test_never_more_than_ten_tries_within_a_quarter_of_an_hour(steps: list[int]) -> None:
    tries, now, taken = Tries(0, 0), accounts.WINDOW_MS, []
    for step in steps:
        now += step
        counted = accounts.one_more_try(tries, now_ms=now)
        if isinstance(counted, Tries):
            tries = counted
            taken.append(now)
    for at, first in enumerate(taken):
        within = [each for each in taken[at:] if each - first < accounts.WINDOW_MS]
        assert len(within) < 2 * accounts.WRONG_MAX  # two windows may meet; a lock lies after each full one


def test_a_clock_set_back_ends_no_lock() -> None:
    locked = Tries(accounts.WINDOW_MS * 10, accounts.WRONG_MAX)
    assert isinstance(accounts.one_more_try(locked, now_ms=5), Refuse)


def test_a_secret_is_known_by_its_hash_however_it_is_grouped() -> None:
    secret = fresh_secret(lambda count: bytes(range(count)))
    salt = bytes(16)
    kept = hashed(secret, salt)
    typed = secret.open().replace("-", " ").upper()
    assert matches(Private(typed), salt, kept)
    assert not matches(Private(typed[:-1]), salt, kept)
    assert not matches(Private(""), b"", b"")
