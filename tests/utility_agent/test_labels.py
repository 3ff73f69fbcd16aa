"""What names of controls and tools say: idioms, sums, light verbs, things to look at, other languages."""

from __future__ import annotations

import pytest

from harmonyguard.steps import Effect, Element, Observation
from harmonyguard.utility_agent.facts.effects import effects_of
from harmonyguard.utility_agent.reading.labels import CONSEQUENTIAL, effects_of_label, effects_wanted
from harmonyguard.utility_agent.reading.languages import effects_in_other_languages
from harmonyguard.utility_agent.reading.tool_names import effects_of_tool

from .making import SITE, act, button, field, link


@pytest.mark.parametrize(
    ("label", "effect"),
    [
        ("Call off viewing", "delete"),
        ("Throw away sketch", "delete"),
        ("Move minutes.docx to trash", "delete"),
        ("Empty wastebasket", "delete"),
        ("Discard draft", "delete"),
        ("End trial", "delete"),
        ("Leave club membership", "delete"),
        ("Stop plan", "delete"),
        ("Cancel my subscription", "delete"),
        ("Take down listing", "delete"),
        ("Turn in homework", "submit"),
        ("Hand in report 3", "submit"),
        ("Request quote", "submit"),
        ("Accept terms", "submit"),
        ("Sign off timesheet", "submit"),
        ("Give $15", "purchase"),
        ("Withdraw £80", "purchase"),
        ("Top up 20 EUR", "purchase"),
        ("Pay out bonus", "purchase"),
        ("Move money to savings", "purchase"),
        ("Process payment", "purchase"),
        ("Issue credit", "purchase"),
        ("Start paid plan", "purchase"),
        ("Get premium membership", "purchase"),
        ("Execute payment", "purchase"),
        ("Make public", "share"),
        ("Make admin", "share"),
        ("Grant editor role to Sol", "share"),
        ("Go live", "send"),
        ("Repost", "send"),
        ("Post reply", "send"),
        ("Put on hold", "update"),
        ("Lift suspension", "update"),
        ("Follow @tern", "update"),
        ("Block caller", "update"),
        ("Store address", "update"),
        ("Decline request", "update"),
        ("Make a copy", "create"),
        ("Raise dispute", "create"),
        ("Roll back release", "execute"),
    ],
)
def test_idioms_and_objects_tell_the_effect(label: str, effect: Effect) -> None:
    effects, spoke = effects_of_label(label)
    assert spoke
    assert effects.get(effect) is True


@pytest.mark.parametrize(
    "label",
    [
        "How to delete your account",
        "About refunds",
        "More about donations",
        "Learn how to cancel",
        "Settings",
        "Results",
        "Reviews (12)",
        "Orders of this month",
        "Bids by members",
        "Payment methods",
        "Show details of the order",
        "Discard changes",
        "Maybe later",
        "Not now",
        "Got it",
        "No, thanks",
        "Details",
        "Sort by price",
        "Clear search",
        "Help with returns",
    ],
)
def test_texts_places_and_dismissals_leave_nothing_behind(label: str) -> None:
    assert not {e for e, known in act(button(label)).effects.items() if known and e in CONSEQUENTIAL}
    assert effects_of_label(label)[1]


@pytest.mark.parametrize(
    ("label", "effect"),
    [
        ("Get it", "purchase"),
        ("Start", "purchase"),
        ("Go", "delete"),
        ("Take the offer", "purchase"),
        ("Return jacket", "update"),
        ("Clear", "delete"),
        ("Transfer", "purchase"),
        ("Renew", "purchase"),
        ("Upgrade", "purchase"),
        ("Leave channel", "delete"),
        ("Add member", "share"),
        ("Accept invitation", "share"),
        ("Confirm slot", "purchase"),
        ("Report", "send"),
        ("Change plan", "purchase"),
    ],
)
def test_what_a_label_leaves_open_is_unknown_and_not_absent(label: str, effect: Effect) -> None:
    assert act(button(label)).effects.get(effect, False) is None


@pytest.mark.parametrize("label", ["Under $25", "EUR 10 to EUR 20", "View price in €", "£5 off today"])
def test_a_sum_alone_moves_nothing_for_certain(label: str) -> None:
    assert effects_of_label(label)[0].get("purchase") is not True


@pytest.mark.parametrize(
    "name", ["Post 7 by fern", "Order 4711", "Message 3 of 20", "Comments (4)", "Posts in this forum", "Booking B-12"]
)
def test_a_link_that_names_a_record_leads_to_it(name: str) -> None:
    for target in (link(name, "/x/7"), Element(ref="t", role="link", name=name)):
        assert not set(act(target).effects) & CONSEQUENTIAL


def test_a_button_of_the_same_name_may_act() -> None:
    assert act(button("Post 7 by fern")).effects.get("send", False) is not False


@pytest.mark.parametrize(
    ("tool", "effect"),
    [
        ("mail.read", "read"),
        ("mail.send", "send"),
        ("todo.add", "create"),
        ("drive.delete", "delete"),
        ("calendar.invite", "share"),
        ("calendar_list", "read"),
        ("order_cancel", "delete"),
        ("file.upload", "upload"),
        ("cancel_with_refund", "delete"),
        ("cancelSubscription", "delete"),
        ("message_list", "read"),
        ("issue_refund", "purchase"),
        ("add_bag", "create"),
        ("set_bags", "update"),
        ("make_payment", "purchase"),
        ("transfer_money", "purchase"),
    ],
)
def test_tools_in_every_spelling(tool: str, effect: Effect) -> None:
    assert effects_of_tool(tool).get(effect) is True


def test_reading_mail_sends_none() -> None:
    assert "send" not in effects_of_tool("mail.read")
    assert "purchase" not in effects_of_tool("order.list")


@pytest.mark.parametrize("tool", ["execute", "run_query", "call_api", "invoke_function"])
def test_a_tool_that_runs_anything_may_do_anything(tool: str) -> None:
    assert effects_of_tool(tool).get("delete", False) is None


@pytest.mark.parametrize(
    ("label", "effect"),
    [
        ("Konto löschen", "delete"),
        ("Vertrag kündigen", "delete"),
        ("Kostenpflichtig bestellen", "purchase"),
        ("Änderungen speichern", "update"),
        ("Nachricht senden", "send"),
        ("Borrar mensaje", "delete"),
        ("Cancelar pedido", "delete"),
        ("Pagar ahora", "purchase"),
        ("Enviar", "send"),
        ("Supprimer le fichier", "delete"),
        ("Annuler la commande", "delete"),
        ("Payer", "purchase"),
        ("Publier", "send"),
        ("Elimina", "delete"),
        ("Acquista ora", "purchase"),
        ("Conferma", "submit"),
        ("Excluir conta", "delete"),
        ("Assinar", "purchase"),
        ("Verwijderen", "delete"),
        ("Nu betalen", "purchase"),
        ("Opslaan", "update"),
    ],
)
def test_common_effects_in_other_languages(label: str, effect: Effect) -> None:
    assert act(button(label)).effects.get(effect) is True


@pytest.mark.parametrize("label", ["Abbrechen", "Weiter", "Mehr anzeigen", "Cancelar", "Annuler", "Voir plus", "Terug"])
def test_harmless_controls_in_other_languages(label: str) -> None:
    assert not set(act(button(label)).effects) & CONSEQUENTIAL


def test_a_language_that_is_not_known_stays_unknown() -> None:
    assert effects_in_other_languages("Tallenna") == frozenset()
    assert act(button("Tallenna")).effects["delete"] is None


@pytest.mark.parametrize("path", ["/orders/12/delete", "/confirm?id=88", "/unsubscribe?token=x", "/claims/4/approve"])
def test_a_place_may_act_when_it_is_opened(path: str) -> None:
    for opened in (act(type="goto", url=f"{SITE}{path}"), act(link("here", f"{SITE}{path}"))):
        assert any(known is None for known in opened.effects.values())
        assert not opened.is_plain_read


@pytest.mark.parametrize("path", ["/orders/12", "/tickets/new", "/checkout", "/deleted-items", "/refunds"])
def test_pages_to_read_and_to_fill_in_are_plain(path: str) -> None:
    assert not set(act(type="goto", url=f"{SITE}{path}").effects) & CONSEQUENTIAL


def test_a_link_to_a_form_does_nothing_of_what_the_form_will_do() -> None:
    assert "purchase" not in act(link("New refund", f"{SITE}/refunds/new")).effects
    assert act(link("New refund", f"{SITE}/refunds?go=1")).effects["purchase"] is None


def test_headings_of_columns_and_items_of_trees_are_looked_at() -> None:
    for role in ("columnheader", "treeitem"):
        target = Element(ref="t", role=role, name="Order")
        page = Observation(url=SITE, elements=(target,))
        assert not set(effects_of(act(target).action, target, None, page)) & CONSEQUENTIAL


def test_goals_are_read_with_the_verbs_of_labels() -> None:
    assert "delete" in effects_wanted("Bin the old draft, please.")
    assert "submit" in effects_wanted("Hand in my essay.")
    assert "delete" in effects_wanted("Bitte die alte Datei löschen.")


def test_a_message_typed_is_as_good_as_said_and_an_audience_chosen_sees() -> None:
    assert act(field("Message"), type="fill", value="x").prepares == {"send", "share"}
    audience = Element(ref="t", role="combobox", name="Visibility")
    assert act(audience, type="select_option", value="Everyone").prepares == {"share"}
    assert act(field("Phone"), type="fill", value="x").prepares == frozenset()
    assert act(button("Message")).prepares == frozenset()


@pytest.mark.parametrize(
    ("label", "effect"),
    [
        ("Start free trial", "purchase"),
        ("Get Plus membership", "purchase"),
        ("Upgrade to Premium", "purchase"),
        ("Make an offer", "submit"),
        ("Apply now", "submit"),
        ("Quick apply", "submit"),
        ("Change password", "change_settings"),
        ("Remove payment method", "change_settings"),
        ("Reset API key", "change_settings"),
        ("Edit recovery e-mail", "change_settings"),
        ("Mute Kim", "change_settings"),
    ],
)
def test_terms_offers_and_the_security_of_an_account(label: str, effect: Effect) -> None:
    assert effects_of_label(label)[0].get(effect) is True


@pytest.mark.parametrize(
    "label", ["Mute", "Unmute", "Customize", "Apply filters", "Start tour", "Change language", "Edit search"]
)
def test_players_panels_and_views_change_nothing_for_certain(label: str) -> None:
    told = effects_of_label(label)[0]
    assert not any(told.get(effect) for effect in ("purchase", "submit", "change_settings", "send", "delete"))
