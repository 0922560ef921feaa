"""Addresses: the division at their head, and the mask of their tail.

Holds: the scanner of designators (`tokens`), the words of addresses (`words`), the reader (`grammar`), the policies
(`policy`), the table of divisions (`divisions`).
Promises: the same text gives the same mask, of the same length; behind the first unit or room nothing is shown that was
not understood; no text raises, and time grows with its length only.
Never: guesses from a list of roads, estates or people.
"""
