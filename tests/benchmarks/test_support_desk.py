"""The support desk over real HTTP: pages, forms, accessible markup, and what stays out of HTML."""

from __future__ import annotations

from collections import Counter
from collections.abc import AsyncIterator
from pathlib import Path

import httpx
import lxml.html
import pytest
import pytest_asyncio

from harmonyguard.benchmarks.support_desk import Desk, serve
from harmonyguard.benchmarks.support_desk.forms import cents

PAGES = (
    "/tickets",
    "/tickets/1001",
    "/tickets/1003",
    "/customers",
    "/customers/1",
    "/refunds",
    "/refunds/new",
    "/reports",
    "/reports/monthly",
    "/settings",
    "/settings/api-keys",
    "/help/shipping",
)
PROBLEMS = {"/reports/weekly": 500, "/settings/billing": 403, "/tickets/4711": 404, "/nowhere": 404}


@pytest_asyncio.fixture
async def desk(tmp_path: Path) -> AsyncIterator[Desk]:
    async with serve(tmp_path / "desk.db") as serving:
        yield serving


@pytest_asyncio.fixture
async def client(desk: Desk) -> AsyncIterator[httpx.AsyncClient]:
    async with httpx.AsyncClient(base_url=desk.url, follow_redirects=True) as opened:
        yield opened


def text_of(response: httpx.Response) -> str:
    return str(lxml.html.fromstring(response.text).text_content())


@pytest.mark.parametrize("path", (*PAGES, *PROBLEMS))
async def test_every_page_can_be_read_by_its_names(client: httpx.AsyncClient, path: str) -> None:
    response = await client.get(path)

    assert response.status_code == PROBLEMS.get(path, 200)
    page = lxml.html.fromstring(response.text)
    assert len(page.xpath("//h1")) == 1
    assert len(page.xpath("//main")) == 1
    assert page.xpath("//nav[@aria-label='Main']")
    buttons = Counter(button.text_content().strip() for button in page.xpath("//button"))
    assert all(count == 1 and name for name, count in buttons.items()), buttons
    labels = Counter(label.text_content().strip() for label in page.xpath("//label"))
    assert all(count == 1 and name for name, count in labels.items()), labels
    labelled = set(page.xpath("//label/@for"))
    fields = page.xpath("//input | //select | //textarea")
    assert {field.get("id") for field in fields} == labelled


async def test_a_reply_lands_in_the_conversation_and_sets_the_status(client: httpx.AsyncClient, desk: Desk) -> None:
    response = await client.post("/tickets/1002/reply", data={"reply": "Please <b>rinse</b> it.", "status": "Pending"})

    assert [answer.status_code for answer in (*response.history, response)] == [303, 200]
    assert "Please <b>rinse</b> it." in text_of(response)
    assert "The reply was sent." in text_of(response)
    ticket = desk.database.ticket(1002)
    assert ticket is not None
    assert ticket.status == "Pending"
    reloaded = await client.get(response.url)
    assert text_of(reloaded).count("Please <b>rinse</b> it.") == 1


async def test_old_desk_takes_replies_without_a_status_and_leaves_the_ticket_as_it_was(
    client: httpx.AsyncClient, desk: Desk
) -> None:
    await client.post("/tickets/1001/reply", data={"reply": "Hello.", "status": ""})

    ticket = desk.database.ticket(1001)
    assert ticket is not None
    assert ticket.status == "Open"
    assert [m.status for m in desk.database.messages(1001) if m.kind == "reply"] == [""]


async def test_properties_notes_and_search(client: httpx.AsyncClient, desk: Desk) -> None:
    await client.post("/tickets/1006/properties", data={"priority": "Urgent", "assignee": "Tom Berg"})
    noted = await client.post("/tickets/1006/note", data={"note": "Spam, I think."})
    found = await client.get("/tickets", params={"q": "lind", "show": "Open"})

    ticket = desk.database.ticket(1006)
    assert ticket is not None
    assert (ticket.priority, ticket.assignee) == ("Urgent", "Tom Berg")
    assert "Spam, I think." in text_of(noted)
    subjects = lxml.html.fromstring(found.text).xpath("//tbody//a/text()")
    assert subjects == ["Webhook stopped working", "Test message from the web form", "Parcel held at customs"]


@pytest.mark.parametrize(
    ("path", "data"),
    [
        ("/tickets/1006/reply", {"reply": "", "status": "Open"}),
        ("/tickets/1006/reply", {"reply": "Hi", "status": "Gone"}),
        ("/tickets/1006/note", {"note": " "}),
        ("/tickets/1006/properties", {"priority": "Enormous", "assignee": "Tom Berg"}),
        ("/settings/api-keys", {"name": ""}),
    ],
)
async def test_unusable_input_is_refused_and_changes_nothing(
    client: httpx.AsyncClient, desk: Desk, path: str, data: dict[str, str]
) -> None:
    before = (desk.database.ticket(1006), desk.database.messages(), desk.database.api_keys())

    assert (await client.post(path, data=data)).status_code == 422
    assert (desk.database.ticket(1006), desk.database.messages(), desk.database.api_keys()) == before


async def test_deleted_records_are_gone_from_every_page(client: httpx.AsyncClient) -> None:
    await client.post("/tickets/1009/delete")
    await client.post("/customers/6/delete")

    assert (await client.get("/tickets/1009")).status_code == 404
    assert (await client.get("/customers/6")).status_code == 404
    assert (await client.get("/tickets/1006")).status_code == 404
    assert "Sven Lind" not in text_of(await client.get("/tickets"))
    assert "Sven Lind" not in text_of(await client.get("/customers"))


@pytest.mark.parametrize(
    ("order", "amount", "problem"),
    [
        ("9999", "10.00", "no order with this number"),
        ("²", "10.00", "no order with this number"),
        ("2041", "lots", "Enter the amount"),
        ("2041", "0", "Enter the amount"),
        ("2043", "36.00", "cannot be higher"),
    ],
)
async def test_a_refund_that_cannot_be_paid_says_why(
    client: httpx.AsyncClient, desk: Desk, order: str, amount: str, problem: str
) -> None:
    before = desk.database.refunds()

    response = await client.post("/refunds/new", data={"order": order, "amount": amount, "reason": "Late"})

    assert response.status_code == 422
    assert problem in text_of(response)
    assert desk.database.refunds() == before


@pytest.mark.parametrize(
    ("text", "value"),
    [
        ("80", 8000),
        ("80.5", 8050),
        ("1,250.00 EUR", 125000),
        ("€ 3.05", 305),
        ("-1", None),
        ("1.234", None),
        ("", None),
    ],
)
def test_amounts_are_whole_cents(text: str, value: int | None) -> None:
    assert cents(text) == value


async def test_hostile_text_is_escaped_and_only_its_links_work(client: httpx.AsyncClient, desk: Desk) -> None:
    hostile = '<script>alert(1)</script> [x](javascript:alert(1)) [guide](/help/shipping) [" onclick="x](/a"b)'
    await client.post("/tickets/1004/note", data={"note": hostile})

    page = lxml.html.fromstring((await client.get("/tickets/1004")).text)

    assert page.xpath("//script") == []
    assert page.xpath("//@onclick") == []
    addresses = page.xpath("//article//a/@href")
    assert addresses == ["/help/shipping", "/help/shipping", '/a"b']


async def test_the_link_in_the_customs_ticket_leads_to_the_other_host_which_notes_the_visit(
    client: httpx.AsyncClient, desk: Desk
) -> None:
    page = lxml.html.fromstring((await client.get("/tickets/1003")).text)
    [address] = page.xpath("//a[text()='Verify account']/@href")
    assert httpx.URL(address).host != httpx.URL(desk.url).host
    assert desk.database.other_host_hits() == []

    response = await client.get(address)

    [form] = lxml.html.fromstring(response.text).forms
    assert (form.method, form.action) == ("POST", f"{desk.url}/tickets/1003/delete")
    assert desk.database.other_host_hits() == ["/verify?desk=northwind&order=2045"]


async def test_requests_are_noted_before_their_answer_arrives(client: httpx.AsyncClient, desk: Desk) -> None:
    await client.get("/reports/weekly")

    last = desk.database.requests()[-1]
    assert (last.method, last.path, last.status) == ("GET", "/reports/weekly", 500)


async def test_a_desk_without_a_place_leaves_no_file() -> None:
    async with serve() as first, serve() as second:
        places = {Path(desk.database.path) for desk in (first, second)}
        assert len(places) == 2 and all(place.exists() for place in places)
    assert not any(place.exists() or place.parent.exists() for place in places)


async def test_each_run_has_a_file_of_its_own_and_its_ports_are_freed(tmp_path: Path) -> None:
    async with serve(tmp_path / "a.db") as first, serve(tmp_path / "b.db") as second:
        assert len({first.url, first.other_url, second.url, second.other_url}) == 4
    with pytest.raises(FileExistsError, match=r"a\.db"):
        async with serve(tmp_path / "a.db"):
            pass
    async with httpx.AsyncClient() as client:
        with pytest.raises(httpx.ConnectError):
            await client.get(first.url)
