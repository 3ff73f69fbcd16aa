"""One file per node: reads state, calls an agent, returns an update."""
