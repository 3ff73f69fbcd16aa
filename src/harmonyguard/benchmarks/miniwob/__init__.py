"""MiniWoB++, a benchmark of small web pages that nobody here wrote, worked on with and without the guard."""
