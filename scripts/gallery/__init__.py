"""The gallery of the console's parts: each shown once, with invented figures. Not a page of the console."""
