"""Facts: what is true of an act, asked by rules one question at a time. `act` understands it, `answers` answers."""
