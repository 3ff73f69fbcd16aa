"""Cases for policies: acts composed from a rule that it must catch, and benign twins that must pass."""
