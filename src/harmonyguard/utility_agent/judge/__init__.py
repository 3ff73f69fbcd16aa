"""The second tier: a judge decides what rules left open, with a chat model or offline."""
