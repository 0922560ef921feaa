"""Reading is linear and cheap: as ratios, since machines differ."""

import re
import time
from collections.abc import Callable

from yinji.deid import mask_address, read_address

ADDRESSES = [
    f"浙江省杭州市余杭区测试街道测试路{number}号青枫花园{number % 40 + 1}栋{number % 4 + 1}单元{number % 30 + 1}0{number % 4 + 1}室"
    for number in range(300)
]
PLAIN_RULE = re.compile("(?<=号楼|.[栋幢座]).*")
COST_MAX = 60
"""A mask costs some twenty times the plainest rule that hides everything behind the building; it may triple before this says so."""


def seconds(work: Callable[[], object]) -> float:
    """The quickest of three rounds: what a busy machine adds is left out."""
    rounds = []
    for _ in range(3):
        begun = time.process_time()
        work()
        rounds.append(time.process_time() - begun)
    return min(rounds)


def test_a_mask_costs_a_bounded_multiple_of_the_plainest_rule() -> None:
    mask_address(ADDRESSES[0])
    ours = seconds(lambda: [mask_address(text) for text in ADDRESSES])
    plain = seconds(lambda: [PLAIN_RULE.sub(lambda match: "*" * len(match[0]), text) for text in ADDRESSES])
    assert ours / plain < COST_MAX


def test_ten_times_the_length_takes_some_ten_times_as_long() -> None:
    for piece in ("3栋2单元501", "1-", "100国际", "王小明13800001111", "Flat 1, ", "左手", "花园"):
        short, long = (piece * (size // len(piece)) for size in (2_000, 20_000))
        assert seconds(lambda text=long: read_address(text)) < 40 * max(seconds(lambda text=short: read_address(text)), 1e-4)  # type: ignore[misc] - a default binds the loop's text
