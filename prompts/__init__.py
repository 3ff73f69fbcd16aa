"""The prompt templates, one Markdown file each."""
