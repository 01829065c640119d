"""PayPal's activity file, from bytes to facts. Pure: no table is read or written here."""

from donations.gateways.paypal.activity.answers import Answers, Survey
from donations.gateways.paypal.activity.headings import HEADINGS, REQUIRED, example
from donations.gateways.paypal.activity.moves import moves_of_row
from donations.gateways.paypal.activity.opening import ActivityFileRefused
from donations.gateways.paypal.activity.reading import read_rows
from donations.gateways.paypal.activity.rows import (
    ROW_KIND,
    Ignored,
    Outcome,
    Puzzling,
    Row,
    event_id_of,
    facts_of_row,
    row_from_json,
    row_to_json,
)
from donations.gateways.paypal.activity.sentences import explained
from donations.gateways.paypal.activity.surveying import survey
from donations.gateways.paypal.activity.words import KINDS, STATUSES

__all__ = [
    "HEADINGS",
    "KINDS",
    "REQUIRED",
    "ROW_KIND",
    "STATUSES",
    "ActivityFileRefused",
    "Answers",
    "Ignored",
    "Outcome",
    "Puzzling",
    "Row",
    "Survey",
    "event_id_of",
    "example",
    "explained",
    "facts_of_row",
    "moves_of_row",
    "read_rows",
    "row_from_json",
    "row_to_json",
    "survey",
]
