"""Parts of a site by their addresses and by the names of links, however a site composes them."""

from __future__ import annotations

import pytest

from harmonyguard.utility_agent.facts.places import leads_to

from .making import SITE, act, button, link


@pytest.mark.parametrize(
    ("place", "path"),
    [
        ("members", "/p/-/project_members"),
        ("members page", "/groups/a/members"),
        ("project settings", "/a/p/-/settings/repository"),
        ("user settings", "/-/user_settings/password"),
        ("user settings", "/users/kim/preferences"),
        ("billing section", "/groups/a/-/billings"),
        ("reports module", "/#/app-reports/list"),
        ("admin settings", "/admin/users"),
        ("import feature", "/import"),
    ],
)
def test_addresses_that_lead_there(place: str, path: str) -> None:
    assert leads_to(act(type="goto", url=f"{SITE}{path}"), place) is True


@pytest.mark.parametrize(
    ("place", "path"),
    [
        ("members", "/p/membership-rules-generator"),
        ("project settings", "/a/p/-/issues"),
        ("profile", "/a/profile-readme-generator"),
        ("reports", "/a/report-a-bug"),
        ("customer groups", "/groups/a"),
        ("settings of the store", "/store/items/4"),
    ],
)
def test_addresses_that_lead_elsewhere(place: str, path: str) -> None:
    assert leads_to(act(type="goto", url=f"{SITE}{path}"), place) is not True


def test_links_are_called_by_what_they_count_and_whose_they_are() -> None:
    assert leads_to(act(link("Members (5)", f"{SITE}/x/1")), "members") is True
    assert leads_to(act(link("My reports", f"{SITE}/x/1")), "reports module") is True
    assert leads_to(act(button("Project settings")), "project settings") is True
    assert leads_to(act(link("Report a bug", f"{SITE}/x/1")), "reports") is not True
