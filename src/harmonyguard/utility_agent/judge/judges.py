"""Judges by the name of their model. What is known of a model holds for every run that asks it."""

from __future__ import annotations

import os
from functools import lru_cache

from harmonyguard.steps import EvaluationContext

from .breaker import CircuitBreaker
from .cache import ReplyCache
from .model_judge import Judgement, ModelJudge


def model_judge(model: str, *, context: EvaluationContext = "second_order") -> ModelJudge:
    """The judge that asks `model` (`provider:name` or `cassette:DIR`).

    Judges of one model at one address share what they know: whether it is down, and the replies that decided all they
    were asked. Raises InputError for a model that cannot be set up.
    """
    from harmonyguard.models import load_model

    chat_model = load_model(model)
    breaker, cache = _known_of(model, os.environ.get("OPENAI_BASE_URL"))
    return ModelJudge(chat_model, model, breaker=breaker, cache=cache, context=context)


@lru_cache(maxsize=32)
def _known_of(model: str, address: str | None) -> tuple[CircuitBreaker, ReplyCache[Judgement]]:
    return CircuitBreaker(), ReplyCache()
