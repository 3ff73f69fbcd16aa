"""Builds what commands work with: the policy book, the Utility Agent, the Web Agent."""

from __future__ import annotations

import getpass
from pathlib import Path
from typing import TYPE_CHECKING

from harmonyguard.steps import InputError

if TYPE_CHECKING:
    from harmonyguard.policies.book import PolicyBook
    from harmonyguard.settings import Settings
    from harmonyguard.utility_agent.agent import UtilityAgent
    from harmonyguard.web_agent.agent import WebAgent


def read_book(book: str) -> PolicyBook:
    """The policies in force in the book at this path or URL. Raises InputError when there is none."""
    from harmonyguard.policies.log import PolicyLog

    with PolicyLog.open(book, create=False) as log:
        found = log.book()
    if not found.policies:
        raise no_policies(book)
    return found


def no_policies(book: str) -> InputError:
    """What is said of a book that holds nothing in force."""
    return InputError(f"the policy book {shown_book(book)} holds no policies in force: run `harmonyguard ingest` first")


def shown_book(book: str) -> str:
    """The book's name without the password that a database URL may hold."""
    if "://" not in book:
        return book
    from sqlalchemy.engine import make_url
    from sqlalchemy.exc import ArgumentError

    try:
        return make_url(book).render_as_string(hide_password=True)
    except ArgumentError:
        return "given as URL"


def make_utility_agent(settings: Settings) -> UtilityAgent:
    """The guard with the judge that the settings name. Raises InputError for an unknown model."""
    from harmonyguard.utility_agent.agent import UtilityAgent

    if settings.model is None:
        return UtilityAgent(max_revisions=settings.max_revisions)
    from harmonyguard.utility_agent.judge.judges import model_judge

    judge = model_judge(settings.model, context=settings.evaluation_context)
    return UtilityAgent(judge, max_revisions=settings.max_revisions)


def make_web_agent(settings: Settings) -> WebAgent:
    """The agent that works on the task. Raises InputError for an unknown model."""
    if settings.model is None:
        from harmonyguard.web_agent.grammar.grammar_agent import GrammarAgent

        return GrammarAgent()
    from harmonyguard.models import load_model

    chat_model = load_model(settings.model)
    from harmonyguard.web_agent.model_agent import ModelWebAgent

    return ModelWebAgent(chat_model, settings.model)


def actor() -> str:
    """Who a change to the policy log is put down to: the user who runs the command."""
    try:
        return getpass.getuser()
    except (OSError, KeyError):
        return "command line"


def read_lines(source: str) -> list[str]:
    """The lines of a file, or of stdin for `-`. Raises InputError."""
    import sys

    if source == "-":
        return sys.stdin.read().splitlines()
    try:
        return Path(source).read_text(encoding="utf-8").splitlines()
    except FileNotFoundError:
        raise InputError(f"{source}: no such file") from None
    except (OSError, UnicodeDecodeError) as error:
        raise InputError(f"{source} cannot be read as UTF-8 text: {error}") from error
