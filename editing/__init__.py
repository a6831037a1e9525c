"""Changes the files of a catalogue, and says who may. Knows the thought only: no page, no loader, no network.

Everything goes by the name of a file within its catalogue, as `goals/x.yaml`; `folder.py` alone makes a path of it.
"""
