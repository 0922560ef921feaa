"""Legal holds: a fact that forbids erasing. The simple provider; the procedures of `cases` bring the full one.

Holds: which parcels are held, and on what ground.
Promises: placing and lifting a hold is evidence; the same ground holds a parcel once.
Never: erases; says whom a parcel is about.
"""
