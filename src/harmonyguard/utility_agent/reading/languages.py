"""The commonest acts of web pages in German, Spanish, French, Italian, Portuguese and Dutch.

A few words for each effect, as buttons and injected orders have them. What is not here stays unknown, and an unknown
effect may be any effect.
"""

from __future__ import annotations

from functools import lru_cache
from typing import get_args

from harmonyguard.policies.lexicon import effects_named
from harmonyguard.policies.words import LABEL, words
from harmonyguard.steps import Effect

_WORDS: dict[Effect, str] = {
    "delete": """löschen lösche löscht entfernen entferne kündigen kündige stornieren storniere absagen verwerfen
        widerrufen eliminar elimina elimine borrar borra borre suprimir quitar supprimer supprime supprimez effacer
        effacez retirer résilier résiliez eliminare elimini cancella cancellare rimuovi rimuovere disdire disdici
        excluir exclua apagar apague remover remova desmarcar verwijder verwijderen wissen wis opzeggen annuleer""",
    "send": """senden sende sendet absenden abschicken versenden verschicken schicken schicke antworten weiterleiten
        veröffentlichen posten kommentieren enviar envía envíe envia envie mandar responder reenviar publicar publique
        comentar envoyer envoie envoyez répondre répondez transférer publier publiez commenter invia inviare invii
        rispondi rispondere inoltra inoltrare pubblica pubblicare commenta encaminhar versturen verstuur verzenden
        verzend stuur sturen beantwoorden antwoorden doorsturen publiceren plaatsen reageren""",
    "share": """teilen freigeben einladen einlade compartir comparte invitar partager partagez inviter invitez condividi
        condividere invita invitare compartilhar partilhar convidar delen deel uitnodigen""",
    "purchase": """kaufen kaufe bestellen bestelle buchen buche bezahlen zahlen zahlungspflichtig abonnieren spenden
        überweisen überweise reservieren mieten comprar compra compre pagar pague pedir reservar suscribirse suscribir
        donar transferir transfiera transfiere acheter achetez achète commander commandez payer payez réserver
        réservez abonner s'abonner virer acquista acquistare compra paga pagare ordina ordinare prenota prenotare
        abbonati dona bonifico encomendar assinar doar kopen koop bestel bestellen betalen betaal boeken boek
        abonneren doneren overmaken reserveren suscríbete suscríbase suscribirme abonnez abbonarsi assine""",
    "update": """speichern speichere ändern ändere bearbeiten sperren entsperren verschieben guardar guarda editar
        modificar cambiar cambie bloquear mover enregistrer modifier modifiez changer verrouiller déplacer salva
        salvare modifica modificare cambia sposta salvar alterar mudar opslaan wijzigen wijzig bewerken verplaatsen
        blokkeren""",
    "create": """erstellen erstelle anlegen hinzufügen registrieren crear crea cree añadir agregar registrarse créer
        créez ajouter ajoutez inscrire s'inscrire creare aggiungi aggiungere iscriviti registrati criar crie adicionar
        cadastrar aanmaken maken toevoegen registreren regístrate regístrese inscríbete inscríbase únete inscrivez
        rejoindre rejoignez inscreva cadastre""",
    "submit": """bestätigen bestätige zustimmen akzeptieren einreichen beantragen unterschreiben confirmar confirme
        aceptar acepto presentar firmar confirmer confirmez valider accepter acceptez soumettre signer conferma
        confermare accetta accettare firma aceitar submeter enviar-pedido bevestigen bevestig akkoord aanvaarden
        indienen ondertekenen""",
    "upload": "hochladen subir téléverser carica caricare carregar uploaden anhängen adjuntar joindre allega anexar",
    "download": "herunterladen descargar télécharger scarica scaricare baixar downloaden",
    "change_settings": """aktivieren deaktivieren activar desactivar activer désactiver attiva disattiva ativar
        desativar""",
    "authenticate": """anmelden abmelden einloggen ausloggen acceder connexion déconnexion accedi entrar sair inloggen
        uitloggen""",
    "search": "suche suchen buscar rechercher recherche cerca cercare pesquisar procurar zoeken zoek",
    "read": """anzeigen ansehen zeigen weiter zurück schließen mehr abbrechen filtern sortieren überspringen ver mostrar
        siguiente anterior volver cerrar atrás voir afficher suivant précédent retour fermer filtrer trier ignorer
        annuler mostra visualizza avanti indietro chiudi annulla vedi voltar fechar próximo bekijken tonen volgende
        vorige terug sluiten annuleren cancelar""",
}
_BY_WORD: dict[str, frozenset[Effect]] = {}
for _effect in get_args(Effect):
    for _word in _WORDS.get(_effect, "").split():
        _BY_WORD[_word] = _BY_WORD.get(_word, frozenset()) | {_effect}

_DISMISSES = frozenset("abbrechen cancelar annuler annulla annuleren cancella".split())
"""Words that close a dialog when they stand alone, and cancel what follows them."""

_READS: frozenset[Effect] = frozenset({"read"})


@lru_cache(maxsize=4096)
def effects_in_other_languages(label: str) -> frozenset[Effect]:
    """What the words of a label or an order say that is done; empty when none of them is known.

    Reading counts only where nothing else is said: "Jetzt kaufen und weiter" buys.
    """
    spoken = words(label)
    found: set[Effect] = set()
    for word in spoken:
        if word in _DISMISSES:
            found |= {"delete"} if len(spoken) > 1 else _READS
        else:
            found |= _BY_WORD.get(word, frozenset())
    return frozenset(found - _READS) or frozenset(found)


@lru_cache(maxsize=1024)
def effects_spoken(text: str) -> frozenset[Effect]:
    """Every effect that a word of the text may name, in any of the languages."""
    known = effects_named(text)
    return known | effects_in_other_languages(text) if len(text) <= 10 * LABEL else known
