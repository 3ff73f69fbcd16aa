"""Chat models by name: `provider:name` through LangChain's init_chat_model, or `cassette:DIR` for recorded replies."""

from __future__ import annotations

import os
from pathlib import Path
from typing import TYPE_CHECKING, Any

from harmonyguard.model_calls import AnswerCutOff, ModelUnavailable, UnsupportedRequest, ask, call, text_of
from harmonyguard.steps import InputError

if TYPE_CHECKING:
    from langchain_core.language_models import BaseChatModel

__all__ = ["AnswerCutOff", "ModelUnavailable", "UnsupportedRequest", "ask", "call", "load_model", "text_of"]

TIMEOUT_SECONDS = 60.0
RETRIES = 2
"""Tries after the first, on connection errors, 429 and 5xx, with back-off and jitter by the provider's client."""


def load_model(spec: str, *, timeout: float = TIMEOUT_SECONDS, retries: int = RETRIES, **options: Any) -> BaseChatModel:
    """The chat model that `spec` names; `timeout` is in seconds per try.

    `openai:NAME` reaches any OpenAI-compatible server by OPENAI_BASE_URL; with that set, a key is optional.
    `options` go to the model's constructor. Raises InputError for a malformed spec, an unknown provider, a
    provider whose package is missing, and a missing key.
    """
    provider, _, name = spec.strip().partition(":")
    if not provider or not name.strip():
        raise InputError(f"model {spec!r} is not understood: write PROVIDER:NAME (openai:gpt-5) or cassette:DIR")
    if provider == "cassette":
        return _cassette(name)
    if provider == "openai":
        options = _openai_options(options)
    from langchain.chat_models import init_chat_model

    try:
        model: BaseChatModel = init_chat_model(
            name, model_provider=provider, timeout=timeout, max_retries=retries, **options
        )
    except ImportError as error:
        raise InputError(f"model {spec!r} needs a package that is not installed: {error.name or provider}") from None
    except ValueError:
        raise InputError(
            f"model {spec!r} cannot be set up: unknown provider, or a setting of it is missing or wrong"
        ) from None
    except Exception as error:  # noqa: BLE001 - providers raise their own types for a missing key
        raise InputError(
            f"model {spec!r} cannot be set up ({type(error).__name__}): is the provider's API key set?"
        ) from None
    return model


def _cassette(folder: str) -> BaseChatModel:
    from harmonyguard.model_cassette import CassetteModel

    path = Path(folder).expanduser()
    if path.exists() and not path.is_dir():
        raise InputError(f"model 'cassette:{folder}': {folder} is a file, not a folder of recorded replies")
    return CassetteModel(folder=path)


def _openai_options(options: dict[str, Any]) -> dict[str, Any]:
    base_url = options.get("base_url") or os.environ.get("OPENAI_BASE_URL") or os.environ.get("OPENAI_API_BASE")
    key = options.get("api_key") or os.environ.get("OPENAI_API_KEY")
    if base_url:
        return {**options, "base_url": base_url, "api_key": key or "none"}
    if not key:
        raise InputError("OPENAI_API_KEY is not set: set it, or OPENAI_BASE_URL for a local server")
    return {**options, "api_key": key}
