"""The demo and the suites that figures come from."""
