"""`harmonyguard runs`: one file a command."""
