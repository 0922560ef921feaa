"""Waybills and the register of their numbers.

Holds: number ranges, their intervals and blocks, waybill rows, what becomes of their numbers; the order as a door hands it in.
Promises: each number has one owner and one state; a number is taken in the transaction that writes its waybill, so that neither a
crash nor a race loses or doubles one; register, rows and evidence can be reconciled at any time.
Never: mixes the number's life with the parcel's; holds a clear mask.
"""
