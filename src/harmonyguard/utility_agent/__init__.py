"""The Utility Agent: judges every proposed action before it runs, and explains how to do better."""
