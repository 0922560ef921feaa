"""The real-name token: opaque, hashed, and never an identity number however it is written."""

from __future__ import annotations

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from yinji.kernel.decision import Refuse
from yinji.kernel.refusals import Refusal
from yinji.waybill.parcel.real_name import TOKEN_MAX, proof_of

REFUSED = Refuse(Refusal.REAL_NAME_MALFORMED)


@pytest.mark.parametrize(
    "token",
    ["110101199003070011", "11010119900307001X", "11010119900307001x", "110101-19900307-0011", "id=110101199003070011", "110101900307001"],
)  # fmt: skip
def test_what_looks_like_an_identity_number_is_refused(token: str) -> None:
    assert proof_of(token) == REFUSED


@pytest.mark.parametrize("token", ["", "RN 1", "实名", "a" * (TOKEN_MAX + 1), "RN\n"])
def test_what_is_no_opaque_token_is_refused(token: str) -> None:
    assert proof_of(token) == REFUSED


@given(digits=st.from_regex(r"[0-9]{17}[0-9Xx]", fullmatch=True), joint=st.sampled_from(["", "-", ".", "/"]))
@settings(max_examples=30)
def test_no_identity_number_passes_whatever_joins_its_digits(digits: str, joint: str) -> None:
    assert proof_of(joint.join((digits[:6], digits[6:14], digits[14:]))) == REFUSED


def test_a_token_becomes_a_hash_that_does_not_hold_it() -> None:
    proof = proof_of("RN-20261122-0001")
    assert isinstance(proof, bytes)
    assert len(proof) == 32
    assert proof != proof_of("RN-20261122-0002")
