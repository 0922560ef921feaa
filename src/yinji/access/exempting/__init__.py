"""Exemptions: one order whose label may show its recipient, because a law in force asks for it.

Holds: who asked for which order, on which ground, who approved or refused, until when it holds, which parcel it was used for.
Promises: asked by one account, approved by another at the compliance post; for one order of one merchant; used once, in the very
transaction that issues its waybill; what is only a draft of a law is shown as one, and by itself exempts nothing.
Never: keeps an order's number: a keyed tag of it, and only while the exemption is open.
"""
