"""`harmonyguard bench`: one file a benchmark."""
