"""Example policies and approvals, as a company would write them."""
