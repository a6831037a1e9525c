"""Changes the files of a catalogue, and says who may. Knows the thought only: no page, no loader, no network."""
