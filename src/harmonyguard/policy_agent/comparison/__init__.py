"""What two statements have to do with each other: copies, contradictions, or nothing."""
