"""Hostile pages: what a page can do to a browser session, and what must hold all the same."""
