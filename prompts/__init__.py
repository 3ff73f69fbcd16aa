"""The prompt templates, one Markdown file each, and how they are filled in."""

from harmonyguard.prompts.rendering import Prompt, render
from harmonyguard.prompts.untrusted_text import excerpt, fenced, visible

__all__ = ["Prompt", "excerpt", "fenced", "render", "visible"]
