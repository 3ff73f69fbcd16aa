"""Reports: a run, or two runs side by side, as one HTML file that opens from disk and asks the network for nothing.

The journal tells the story (`runs.report_story`); here it gets words, pictures, charts and a page.
"""

from .rendering import render_comparison, render_report, write_comparison, write_report
from .words import Phrase, phrase, plain

__all__ = [
    "Phrase",
    "phrase",
    "plain",
    "render_comparison",
    "render_report",
    "write_comparison",
    "write_report",
]
