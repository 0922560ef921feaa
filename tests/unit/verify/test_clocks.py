"""The verifier finds in the times of entries what the node finds, by its own code."""

from __future__ import annotations

from hypothesis import given
from hypothesis import strategies as some

from yinji.ledger.model import Broken, Finding
from yinji.ledger.times import Times
from yinji_verify.clocks import TOLERANCE_MS, Clocks

START_S = 1_795_000_000
moments = some.lists(some.integers(START_S * 1_000, START_S * 1_000 + 900_000), min_size=1, max_size=40)


@given(moments, some.dictionaries(some.integers(1, 40), some.integers(START_S, START_S + 900), max_size=4), some.integers(1, 9))
def test_node_and_verifier_name_the_same(times: list[int], cosigned_s: dict[int, int], at_once: int) -> None:
    coded = [moment.to_bytes(8, "big") for moment in times]
    node, alone = Times(cosigned_s), Clocks(cosigned_s)
    for first in range(0, len(coded), at_once):
        node.extend(coded[first : first + at_once])
        alone.follow(coded[first : first + at_once])
    assert alone.steps == node.steps.count
    assert alone.first == (_told(node.steps.named[0]) if node.steps.named else None)
    assert (alone.largest or (0, 0))[1] == (node.steps.largest.by_ms if node.steps.largest else 0)
    ahead = [each for each in node.warnings if each.kind is Broken.AHEAD]
    assert alone.ahead == (_told(ahead[0]) if ahead else None)


def _told(found: Finding) -> tuple[int, int]:
    return found.first, found.by_ms


def test_warnings_are_said_in_both_languages() -> None:
    clocks = Clocks({3: START_S})
    late = START_S * 1_000 + TOLERANCE_MS + 7
    clocks.follow([moment.to_bytes(8, "big") for moment in (START_S * 1_000, late, START_S * 1_000)])
    zh, en = clocks.said()
    assert "时间倒退 1 处，首处在条目 2" in zh
    assert "条目 1 的时间比见证人联署的时刻晚 300007 毫秒" in zh
    assert "times run backwards 1 times, first at entry 2" in en
    assert "entry 1 says a time 300007 ms after a witness had seen it" in en
    assert Clocks({}).said() == ("", "")
