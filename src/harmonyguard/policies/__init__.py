"""Policies, the rules compiled from them, the book in force and the log it is folded from."""
