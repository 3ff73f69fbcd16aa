"""The Web Agent: looks at a page, proposes one action at a time, and performs what was permitted."""
