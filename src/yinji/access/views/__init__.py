"""Saved views: filters of a console's page, kept under names that people give them.

Holds: of each view whose it is, its page, its name, what it asks for, whether the organisation shares it; and which view an account
begins a page with.
Promises: a view holds codes, days and members of closed lists; neither its name nor a value keeps what shows a person; an account's own
views go when it is closed, in that transaction; a change of what others see is evidence.
Never: shows anything: what a view lets through is what its reader may see anyway.
"""
