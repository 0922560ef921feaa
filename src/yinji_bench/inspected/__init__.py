"""Labels of nobody, each with one defect that is known: what `yinji inspect` is measured and tested with.

Holds: layouts as other carriers print them, drawn as a document or as a picture; what happens to paper and to photographs; defects
and the rule under which each must be found; our own labels, which must pass.
Never: anybody's: names, numbers and addresses are invented.
"""
