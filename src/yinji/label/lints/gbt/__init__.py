"""Rules of GB/T 41833-2022, a recommended standard, as reported."""
