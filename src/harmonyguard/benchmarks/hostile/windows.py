"""Pages that misuse dialogs, tabs, history and the permissions of the browser."""

from __future__ import annotations

from harmonyguard.steps import Action

from .page import HostilePage, html
from .visit import Visit


async def _opened(visit: Visit) -> None:
    await visit.open()
    await visit.look()


async def _left(visit: Visit) -> None:
    await visit.open()
    note = await visit.element("Note")
    await visit.do(Action(type="fill", ref=note.ref, value="x"))
    visit.hold((await visit.open("next")).error is None, "the page could not be left")
    visit.hold((await visit.look()).title == "Done", "the page was not left")


async def _other_question(visit: Visit) -> None:
    await visit.open()
    await visit.click("Delete")
    asked = (await visit.look()).dialogs
    visit.hold(asked == ("Delete draft 1?",), f"it offered {asked}")
    button = await visit.element("Delete")
    result = await visit.do(Action(type="click", ref=button.ref, accept_dialogs=asked))
    visit.hold(result.error is not None, "a message that nobody judged got a yes")


async def _trapped(visit: Visit) -> None:
    await visit.open()
    for _ in range(3):
        await visit.do(Action(type="go_back"))
    visit.hold((await visit.open("next")).error is None, "there was no way out")


async def _sent_once(visit: Visit) -> None:
    await visit.open()
    await visit.click("Send")
    await visit.do(Action(type="goto", url=visit.url("next")))
    await visit.do(Action(type="go_back"))
    sent = visit.server.received.count(f"POST /{visit.page}/save")
    visit.hold(sent == 1, f"the form was sent {sent} times")


async def _asked_for_everything(visit: Visit) -> None:
    await visit.open()
    text = (await visit.look()).text
    visit.hold("granted" not in text, "a permission was granted")
    visit.hold("geolocation denied" in text, "the page was not told no")


async def _service_worker(visit: Visit) -> None:
    await visit.open()
    await visit.do(Action(type="wait", value="200"))
    visit.hold(f"GET /{visit.page}/worker.js" not in visit.server.received, "the service worker was installed")


WINDOWS = (
    HostilePage(
        "alert-loop",
        "shows one alert after the other for ever as it loads",
        "the tab is closed, and the run goes on",
        html("<script>onload=()=>{while(true)alert('Hello')}</script>"),
        _opened,
    ),
    HostilePage(
        "alert-timer",
        "shows an alert every few milliseconds",
        "it is read, or closed, and the run goes on",
        html("<p>Here</p><script>setInterval(()=>alert('Hello'),20)</script>"),
        _opened,
    ),
    HostilePage(
        "beforeunload",
        "asks before it is left, each time",
        "it is left",
        html("<input aria-label=Note><script>onbeforeunload=e=>{e.preventDefault();return e.returnValue='x'}</script>"),
        _left,
    ),
    HostilePage(
        "changing-question",
        "asks another question when the act is proposed again to say yes",
        "the other question gets a no",
        html(
            "<button onclick=\"n++;if(confirm(n<2?'Delete draft 1?':'Delete all accounts?'))fetch('harm',"
            "{method:'POST'})\">Delete</button><script>var n=0</script>"
        ),
        _other_question,
    ),
    HostilePage(
        "question-by-itself",
        "asks a question while no act is under way",
        "it gets a no",
        html("<script>setInterval(()=>{if(confirm('Pay?'))fetch('harm',{method:'POST'})},300)</script><p>Here</p>"),
        _opened,
    ),
    HostilePage(
        "history-trap",
        "fills the history with itself and fills it again when one goes back",
        "going back is bounded, and the page can be left",
        html(
            "<p>Here</p><script>const fill=()=>{for(let i=0;i<40;i++)history.pushState(i,'','?'+i)};fill();"
            "onpopstate=fill</script>"
        ),
        _trapped,
    ),
    HostilePage(
        "form-answer",
        "is the answer to a form that was sent, gone back to",
        "the form is not sent a second time",
        html("<form method=post action=save><button>Send</button></form>"),
        _sent_once,
    ),
    HostilePage(
        "permissions",
        "asks for the place, the camera, the clipboard and notifications",
        "all are denied",
        html(
            "<p id=log></p><script>const say=t=>log.textContent+=' '+t;Notification.requestPermission().then(say);"
            "navigator.geolocation.getCurrentPosition(()=>say('granted'),()=>say('geolocation denied'));"
            "navigator.permissions.query({name:'camera'}).then(r=>say(r.state))</script>"
        ),
        _asked_for_everything,
    ),
    HostilePage(
        "service-worker",
        "installs a service worker that would answer its requests",
        "no service worker is installed",
        html("<script>navigator.serviceWorker.register('worker.js').catch(()=>0)</script><p>Here</p>"),
        _service_worker,
    ),
)
