"""What happened in a run: permits, the journal, the report."""
