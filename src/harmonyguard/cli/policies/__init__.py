"""`harmonyguard policies`: one file a command."""
