"""How nodes are connected: one file per graph, each a function that builds it."""
