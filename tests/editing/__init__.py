"""What changes the files of a catalogue."""
