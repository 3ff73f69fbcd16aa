"""The browser session: pages observed, permitted acts performed, hosts and secrets kept."""
