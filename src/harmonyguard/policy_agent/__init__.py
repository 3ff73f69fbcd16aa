"""The Policy Agent: documents in, policies that cite them out."""
