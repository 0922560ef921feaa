"""Waybills and the register of their numbers.

Holds: number ranges, their blocks, waybill rows; the order as a door hands it in.
Promises: each number has one owner; a number is taken in the transaction that writes its waybill, so that neither a crash nor
a race loses or doubles one.
Never: mixes the number's life with the parcel's; holds a clear mask.
"""
