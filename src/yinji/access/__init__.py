"""Organisations, accounts, and the one decision function.

Holds: the tree of organisations, accounts and their posts, the node's own identity, permits, their quotas and the approvals they used,
exemptions of single orders.
Promises: one decision function; every decision explains itself; a permit is used once, and its intent is durable before
anything is disclosed or erased; many are declared and used in one transaction, and a bad one spoils no other.
Never: answers allow because something failed.
"""
