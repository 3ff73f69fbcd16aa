"""The engine with a chat model: what it is asked chunk by chunk, and how what it says is held to the document."""
