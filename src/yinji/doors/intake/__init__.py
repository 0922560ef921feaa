"""Order files, shared by every door: a file becomes parcels with their persons wrapped, and refusals with place and remedy.

Holds: the readers of files (`reading`), the platforms' forms (`presets`), rows and parcels, the survey and its verdict, and what goes
out again: labels' file, error file, shipping form, report.
Promises: a file is read whole and judged before anything of it is issued; every row ends in exactly one place; memory does not
grow with the file beyond some bytes an order; refused rows can be mended in the error file and fed back.
Never: takes a buyer, courier or distributor for the recipient; reads an identity number; guesses a status or a virtual number.
"""
