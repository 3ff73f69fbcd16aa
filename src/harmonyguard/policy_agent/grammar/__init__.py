"""The offline engine reads documents by grammar: which of their clauses bind, whom, and what they say by themselves."""
