"""`python -m harmonyguard`: the command line, where its script is not on the path."""

from harmonyguard.cli import main

main()
