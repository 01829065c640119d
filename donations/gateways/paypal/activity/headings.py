"""The names of the columns of PayPal's activity file, in the languages whose files we have seen.

The default download and the statement name some columns differently; the user may leave any out.
"""

import unicodedata
from collections.abc import Mapping, Sequence

# Ours -> theirs; where a file has several of them, the first one here counts.
HEADINGS: Mapping[str, tuple[str, ...]] = {
    "date": ("Date", "Datum"),
    "time": ("Time", "Uhrzeit", "Zeit", "Heure", "Tijd"),
    "zone": ("TimeZone", "Time Zone", "Zeitzone", "Fuseau horaire", "Tijdzone"),
    "name": ("Name", "Nom", "Naam"),
    "type": ("Type", "Typ", "Description", "Beschreibung", "Omschrijving"),
    "code": (
        *("Transaction Event Code", "Transaktionsereigniscode"),
        *("Code de transaction", "Code d'événement de transaction"),
    ),
    "status": ("Status", "État"),
    "currency": ("Currency", "Währung", "Devise", "Valuta"),
    "gross": ("Gross", "Brutto", "Avant commission", "Brut", "Bruto"),
    "fee": ("Fee", "Fees", "Gebühr", "Entgelt", "Commission", "Frais", "Kosten"),
    "net": ("Net", "Netto"),
    "from_email": (
        *("From Email Address", "From Email", "Absender E-Mail-Adresse"),
        *("De l'adresse email", "Van e-mailadres"),
    ),
    "to_email": (
        *("To Email Address", "To Email", "Empfänger E-Mail-Adresse", "An E-Mail-Adresse"),
        *("À l'adresse email", "Naar e-mailadres"),
    ),
    "txn_id": (
        *("Transaction ID", "Transaktionscode", "Numéro de transaction"),
        "Transactiereferentie",
    ),
    "reference": (
        *("Reference Txn ID", "Zugehöriger Transaktionscode", "Txn-Referenzkennung"),
        *("Numéro de la transaction de référence", "N° de transaction de référence"),
    ),
    "custom": (
        *("Custom Number", "Zollnummer", "Individuelle Nummer"),
        *("Numéro de client", "N° de client"),
    ),
    "item": ("Item Title", "Artikelbezeichnung", "Titre de l'objet"),
    "subject": ("Subject", "Betreff", "Objet", "Onderwerp"),
    "note": ("Note", "Hinweis", "Remarque", "Opmerking"),
    "country": ("Country Code", "Buyer Country Code", "Ländercode des Käufers"),
    "impact": (
        *("Balance Impact", "Auswirkung auf Guthaben"),
        *("Impact sur le solde", "Effect op saldo"),
    ),
}
# The statement has a column of this name instead of Type, and tells only what is completed.
STATEMENTS = frozenset(("description", "beschreibung", "omschrijving"))
REQUIRED = ("date", "currency", "gross", "txn_id")
# Who gave, for what, and what it cost: a file in a language of its own has them under other names.
TELLING = ("time", "zone", "name", "from_email", "fee", "reference", "custom", "note")
APOSTROPHES = str.maketrans("’ʼº", "''°")


def plain(text: str) -> str:
    """A name or word as it is compared: whatever the case, the spaces and the accents' coding."""
    composed = unicodedata.normalize("NFKC", text.replace("º", "°")).strip("\ufeff \t\u00a0")
    return " ".join(composed.translate(APOSTROPHES).casefold().split())


def located(header: Sequence[str], told: Mapping[str, str]) -> dict[str, str]:
    """Ours -> their heading, for every column that is there; what a person told goes first.

    A person tells with an empty text that the file has no such column.
    """
    theirs = {plain(name): name for name in reversed(header)}
    found = {}
    for ours, names in HEADINGS.items():
        wanted = (told[ours],) if ours in told else names
        present = [theirs[plain(name)] for name in wanted if name and plain(name) in theirs]
        if present:
            found[ours] = present[0]
    return found


def missing(columns: Mapping[str, str], told: Mapping[str, str]) -> list[str]:
    """Which columns the file cannot do without and does not have, in our words."""
    lacking = [ours for ours in REQUIRED if ours not in columns]
    if "type" not in columns and "code" not in columns:
        lacking.append("type")
    if "status" not in columns and not is_statement(columns) and told.get("status") != "":
        lacking.append("status")
    return lacking


def wanting(columns: Mapping[str, str], told: Mapping[str, str]) -> list[str]:
    """Which columns the file can do without, but may have under names that we do not know."""
    return [ours for ours in TELLING if ours not in columns and ours not in told]


def is_statement(columns: Mapping[str, str]) -> bool:
    """The shape that tells only what is completed."""
    return "status" not in columns and plain(columns.get("type", "")) in STATEMENTS


def example(ours: str) -> str:
    """How PayPal names the column in English."""
    return HEADINGS[ours][0]
