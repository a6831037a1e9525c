"""Changes a catalogue's files, and nothing else: opens, checks, compares, saves and keeps what was there before.

Everything goes by the name of a file within its catalogue, as `goals/x.yaml`; `folder.py` alone makes a path of it.
No network, no page.
"""
