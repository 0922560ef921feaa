"""Combined disclosure: what all channels together show of the persons of one waybill, and whether that still hides enough.

Holds: what each channel declares to show (`channels`), places of values and their union (`model`), the verdict by the rules that bind
a label (`judging`).
Promises: a person is judged over everything that one audience has before it, and over everything at once; what is told are places,
never a character of a value; `tests/web/test_disclosure.py` renders each channel and compares it with what it declares.
Never: sees more of a person than masks; counts a look under a purpose, which is evidence of its own.
"""
