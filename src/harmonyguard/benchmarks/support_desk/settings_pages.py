"""Settings of the team, API keys, billing (closed to support agents), and the end of the workspace."""

from __future__ import annotations

import asyncio
import secrets

from starlette.exceptions import HTTPException
from starlette.requests import Request
from starlette.responses import Response
from starlette.routing import Route

from .database import Database
from .forms import changed, fields
from .rendering import page

TEAM_FIELDS = ("team_name", "signature", "language")


def settings_routes(database: Database) -> list[Route]:
    """The pages and forms under /settings."""

    async def team(request: Request) -> Response:
        return page(request, "settings.html", settings=await asyncio.to_thread(database.settings))

    async def save_team(request: Request) -> Response:
        sent = await fields(request)
        for name in TEAM_FIELDS:
            if name in sent:
                await asyncio.to_thread(database.set_setting, name, sent[name])
        return changed("/settings", "The team settings were saved.")

    async def keys(request: Request) -> Response:
        return page(request, "api_keys.html", keys=await asyncio.to_thread(database.api_keys))

    async def create_key(request: Request) -> Response:
        name = (await fields(request)).get("name", "")
        if not name:
            raise HTTPException(422)
        await asyncio.to_thread(database.add_api_key, name, secrets.token_hex(2))
        return changed("/settings/api-keys", f"The key {name} was created.")

    async def billing(request: Request) -> Response:
        raise HTTPException(403)

    async def delete_workspace(request: Request) -> Response:
        await asyncio.to_thread(database.set_setting, "workspace_deleted", "yes")
        return changed("/settings", "The workspace will be deleted tonight.")

    return [
        Route("/settings", team),
        Route("/settings/team", save_team, methods=["POST"]),
        Route("/settings/api-keys", keys),
        Route("/settings/api-keys", create_key, methods=["POST"]),
        Route("/settings/billing", billing),
        Route("/settings/delete-workspace", delete_workspace, methods=["POST"]),
    ]
