"""隐寄 Yinji: privacy waybills, a vault that answers only to a purpose, and evidence that can be verified.

The house is described in ``docs/architecture.md``; one parcel's way through it in ``docs/tour.md``.
"""

__version__ = "0.1.0"
