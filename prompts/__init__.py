"""The prompt templates, one Markdown file each, and how they are filled in."""

from harmonyguard.prompts.descriptions import describe_act, describe_event
from harmonyguard.prompts.rendering import Prompt, render
from harmonyguard.prompts.untrusted_text import excerpt, fenced, visible

__all__ = ["Prompt", "describe_act", "describe_event", "excerpt", "fenced", "render", "visible"]
