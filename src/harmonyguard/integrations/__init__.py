"""The guard around agents that were built elsewhere."""
