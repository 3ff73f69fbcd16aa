"""LangChain loaders by import path, for those who name one on the command line."""

from __future__ import annotations

import inspect
import json
import warnings
from collections.abc import Mapping
from importlib import import_module
from typing import TYPE_CHECKING, Any, get_type_hints

from pydantic import TypeAdapter, ValidationError
from pydantic.errors import PydanticUserError

from harmonyguard.steps import InputError

if TYPE_CHECKING:
    from langchain_core.document_loaders import BaseLoader


def make_loader(path: str, options: Mapping[str, str]) -> BaseLoader:
    """The loader of the class at `path` ("package.module.Class"), made with `options`.

    Importing runs the module's code: the path must come from the operator and never from a document or a request.
    A value is read as the type that the constructor names for its parameter, or as JSON where that is what fits;
    where no type is named, as JSON and else as text. Raises InputError for a path that leads to no loader, and for
    options that are missing, unknown or of another type.
    """
    # langchain-community warns of its sunset when it is imported; who names it here has decided.
    with warnings.catch_warnings():
        warnings.simplefilter("ignore", DeprecationWarning)
        loader = _class_at(path)
        given = _values(path, loader, options)
        try:
            made: BaseLoader = loader(**given)
        except ImportError as error:
            raise InputError(f"loader {path} needs a package that is not installed: {_one_line(error)}") from error
        except (TypeError, ValueError, OSError) as error:
            raise InputError(f"loader {path} cannot be made with these options: {_one_line(error)}") from error
    return made


def _class_at(path: str) -> type[BaseLoader]:
    from langchain_core.document_loaders import BaseLoader

    module, dot, name = path.rpartition(".")
    if not dot or not all(part.isidentifier() for part in path.split(".")):
        raise InputError(f'"{path}" is no import path of a loader: write package.module.Class')
    try:
        found = getattr(import_module(module), name)
    except ImportError as error:
        raise InputError(f"loader {path} cannot be imported: {_one_line(error)}") from error
    except AttributeError as error:
        raise InputError(f"loader {path} cannot be imported: {module} has no {name}") from error
    if not inspect.isclass(found) or not issubclass(found, BaseLoader):
        raise InputError(f"{path} is not a LangChain document loader (a class derived from BaseLoader)")
    return found


def _values(path: str, loader: type[Any], options: Mapping[str, str]) -> dict[str, Any]:
    parameters = inspect.signature(loader).parameters
    named = {name: p for name, p in parameters.items() if p.kind not in (p.VAR_POSITIONAL, p.VAR_KEYWORD)}
    open_ended = any(p.kind == p.VAR_KEYWORD for p in parameters.values())
    known = f"it has {', '.join(named)}" if named else "it has none"
    for name in options:
        if name not in named and not open_ended:
            raise InputError(f"loader {path} has no option {name}: {known}")
    missing = [name for name, p in named.items() if p.default is p.empty and name not in options]
    if missing:
        raise InputError(f"loader {path} needs {', '.join(missing)}: give --loader-option {missing[0]}=VALUE")
    types = _types(loader)
    return {name: _value(path, name, text, types.get(name, Any)) for name, text in options.items()}


def _types(loader: type[Any]) -> dict[str, Any]:
    try:
        return get_type_hints(loader.__init__)
    except (NameError, TypeError):
        # Names that are imported for type checkers only: values are then read as JSON or text.
        return {}


def _value(path: str, name: str, text: str, kind: Any) -> Any:
    if kind is Any:
        try:
            return json.loads(text)
        except ValueError:
            return text
    try:
        adapter = TypeAdapter(kind)
    except PydanticUserError as error:
        raise InputError(f"option {name} of loader {path} is of a type that cannot be given as text") from error
    first, then = (_from_json, _from_text) if text.lstrip()[:1] in {"[", "{"} else (_from_text, _from_json)
    try:
        return first(adapter, text)
    except ValidationError:
        try:
            return then(adapter, text)
        except ValidationError as error:
            wanted = getattr(kind, "__name__", None) or str(kind).replace("typing.", "")
            raise InputError(f"option {name} of loader {path} takes {wanted}, not {text!r}") from error


def _from_text(adapter: TypeAdapter[Any], text: str) -> Any:
    return adapter.validate_python(text)


def _from_json(adapter: TypeAdapter[Any], text: str) -> Any:
    return adapter.validate_json(text)


def _one_line(error: BaseException) -> str:
    return " ".join(str(error).split())[:200] or type(error).__name__
