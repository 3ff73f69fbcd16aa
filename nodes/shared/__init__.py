"""What the nodes share: entering a run, failing closed, the agents they call, words for the story of a run."""
