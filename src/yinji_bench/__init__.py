"""Measurements of Yinji beside what people use today, in one run on one machine.

Holds: invented people, peers that draw the same label with general engines, and what measures both.
Promises: ours and the peers' turns alternate; figures are medians; a peer that is not installed is named, never made up.
Never: part of the running system: nothing in `yinji` but its command line imports it.
"""
