"""How far long work is, on a terminal; a timer's log is spared it."""

import sys


def progress(done: int, of: int) -> None:
    """One line that counts; it ends when all is done."""
    if sys.stderr.isatty():
        print(f"\r{done}/{of}", end="" if done < of else "\n", file=sys.stderr, flush=True)
