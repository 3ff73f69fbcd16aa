"""`harmonyguard ingest`: documents and web pages in, cited policies in the book."""

from __future__ import annotations

from enum import StrEnum
from typing import TYPE_CHECKING, Annotated

import typer

from .options import BookOption, JsonOption, ModelOption

if TYPE_CHECKING:
    from harmonyguard.documents import Gathering, SiteLimits


class AuthorityName(StrEnum):
    """Who stands behind the policies."""

    organization = "organization"
    user = "user"
    task = "task"


def ingest(
    sources: Annotated[
        list[str] | None,
        typer.Argument(
            metavar="SOURCE", help="Files (PDF, DOCX, HTML, Markdown, text), folders or URLs.", show_default=False
        ),
    ] = None,
    book: BookOption = None,
    authority: Annotated[
        AuthorityName, typer.Option(help="Who stands behind these policies.")
    ] = AuthorityName.organization,
    organization: Annotated[str | None, typer.Option(metavar="NAME", help="Name of the organisation.")] = None,
    model: ModelOption = None,
    site: Annotated[
        bool, typer.Option("--site", help="Follow links: read the section of the site at each URL.")
    ] = False,
    depth: Annotated[
        int | None, typer.Option("--depth", min=0, metavar="N", help="Links from the start, with --site [default: 2].")
    ] = None,
    max_pages: Annotated[
        int | None, typer.Option("--max-pages", min=1, metavar="N", help="Pages of a site to ask for [default: 50].")
    ] = None,
    allow_private: Annotated[
        bool, typer.Option("--allow-private", help="Let redirects and link-local URLs lead into private networks.")
    ] = False,
    loader: Annotated[
        str | None, typer.Option(metavar="PATH", help="A LangChain loader to read from: package.module.Class.")
    ] = None,
    loader_option: Annotated[
        list[str] | None, typer.Option(metavar="NAME=VALUE", help="An option of the loader; may be repeated.")
    ] = None,
    as_json: JsonOption = False,
) -> int:
    """Read documents and put their policies into the book, each with its source.

    All or nothing: when one source cannot be used, nothing is written. A document that is the same as the last time
    costs nothing, and of a changed one you see what changed. Look at what was read with `harmonyguard policies list`.

    Example: harmonyguard ingest refund-policy.pdf https://intranet.example/policies/ --site
    """
    import asyncio

    from harmonyguard.nodes.shared.defaults import publish_as
    from harmonyguard.settings import load_settings
    from harmonyguard.state import GuardContext

    from .engines import actor, shown_book
    from .ingest_output import document_of, show
    from .output import emit_json
    from .reading import ingest_sources

    settings = load_settings({"book": book, "model": model})
    given = sources or []
    gathering = _gathering(given, _limits(given, site, depth, max_pages), allow_private, loader, loader_option or [])
    context = GuardContext(
        book=settings.book, model=settings.model, policy_authority=authority.value, organization=organization
    )
    done = asyncio.run(ingest_sources(given, context, gathering=gathering, publish=publish_as(actor())))
    if as_json:
        emit_json(document_of(done, settings.book))
    if done.error is not None:
        raise done.error
    if not as_json:
        show(done, settings.book, shown_book(settings.book))
    return 0


def _limits(sources: list[str], site: bool, depth: int | None, pages: int | None) -> SiteLimits | None:
    from harmonyguard.documents import SiteLimits
    from harmonyguard.documents.content import is_url
    from harmonyguard.steps import InputError

    if not site:
        if depth is not None or pages is not None:
            raise InputError("--depth and --max-pages say how far to follow links: they need --site")
        return None
    if not any(is_url(source) for source in sources):
        raise InputError("--site reads a section of a site: name the URL where it starts")
    usual = SiteLimits()
    return SiteLimits(depth=usual.depth if depth is None else depth, pages=usual.pages if pages is None else pages)


def _gathering(
    sources: list[str], site: SiteLimits | None, allow_private: bool, loader: str | None, options: list[str]
) -> Gathering:
    from harmonyguard.documents import Gathering
    from harmonyguard.steps import InputError

    if options and loader is None:
        raise InputError("--loader-option needs --loader: name the loader that it is for")
    if loader is None and not sources:
        raise InputError("there are no policy documents: name at least one file, folder or URL")
    pairs = [option.partition("=") for option in options]
    for name, equals, _ in pairs:
        if not equals or not name:
            raise InputError(f'--loader-option takes NAME=VALUE, not "{name}{equals}"')
    made = None
    if loader is not None:
        from harmonyguard.documents.loaders import make_loader

        made = make_loader(loader, {name: value for name, _, value in pairs})
    # The operator typed the address: the page of an intranet is as good as any. Where it leads to is not typed.
    return Gathering(private="always" if allow_private else "of_named_host", site=site, loader=made)
