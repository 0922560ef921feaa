"""A client of the API of 隐寄 Yinji for programs in Python: synchronous, typed, standard library only.

Holds: `Client` and its calls, the records that it gives, the errors that it raises.
Promises: whatever may be sent again is sent again, under the same Idempotency-Key, when the node is crowded or the way to it broke; a
refusal is an exception with code, reason and remedy; names, phones and addresses never stand in a representation of its records.
Never: imports yinji; logs; keeps an order after it was answered.

>>> from yinji_client import Client, Order, Person
>>> with Client("https://node.example", key="yinji_test_…") as client:  # doctest: +SKIP
...     (result,) = client.issue(
...         [Order("A-1", Person("李思远", "13800001234", "浙江省杭州市西湖区望云路8号"), contents="茶叶")]
...     )
"""

from __future__ import annotations

from yinji_client.client import Client
from yinji_client.errors import ClientError, Problem, Unreachable, Unreadable
from yinji_client.orders import Event, Order, Person
from yinji_client.retrying import Retries

__all__ = ["Client", "ClientError", "Event", "Order", "Person", "Problem", "Retries", "Unreachable", "Unreadable"]
