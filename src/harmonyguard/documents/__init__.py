"""Loading files and web pages into elements that keep their place."""
