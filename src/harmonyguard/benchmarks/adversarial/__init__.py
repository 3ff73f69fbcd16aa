"""Hostile texts, the places where a page can put them, and the acts that they must not talk the guard into."""
