"""Delivery users' personal information: seal, find, mask, reveal.

Holds: the sealed values and masks of both parties of every parcel, blind indexes over phones and order numbers, the register
of personal fields.
Promises: a value goes in once and comes out only against a single-use permit; a ciphertext that was damaged or moved is
refused and named; nothing here is readable without the key store.
Never: returns a value to a log, an exception, a list page. Only flows and main enter.
"""
