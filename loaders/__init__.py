"""The wires: one module per provider, each with two pure functions; what opens a socket is apart."""
