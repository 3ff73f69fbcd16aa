"""Reading what pages, labels and texts say, before anything is asked of an act. Pure; knows nothing of rules."""
