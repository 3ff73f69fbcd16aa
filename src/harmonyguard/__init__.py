"""HarmonyGuard: a guard that keeps LLM web agents inside policies without making them useless."""

__version__ = "0.1.0"
