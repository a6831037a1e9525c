"""A catalogue as a static site: `python -m tracking publish` (whole.py)."""
