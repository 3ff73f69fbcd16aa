"""The offline web agent: an imperative goal read by grammar and followed on the pages at hand."""
