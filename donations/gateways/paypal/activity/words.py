"""What the words of PayPal's activity file mean, in tables from theirs to ours.

A word that is not here is asked about: localised words that nobody has verified are no knowledge.
Transaction event codes ("T-codes") are the same in every language and go before words.
"""

from collections.abc import Mapping
from typing import Literal, get_args

from donations.gateways.paypal.activity.headings import plain

Kind = Literal[
    "payment",
    "subscription_payment",
    "refund",
    "reversal",
    "chargeback",
    "chargeback_reversal",
    "chargeback_fee",
    "fee_reversal",
    "adjustment",
    "conversion",
    "hold",
    "authorization",
    "withdrawal",
    "deposit",
    "account_fee",
    "paperwork",
    "ignore",
]
KINDS: tuple[Kind, ...] = get_args(Kind)
Status = Literal["completed", "returned", "pending", "other"]
STATUSES = ("completed", "pending", "other")
PAYMENTS = frozenset(("payment", "subscription_payment"))
# These leave the books of gifts alone.
IGNORED = frozenset(("hold", "authorization", "deposit", "account_fee", "paperwork", "ignore"))

WORDS: Mapping[Kind, tuple[str, ...]] = {
    "payment": (
        *("Donation Payment", "General Payment", "Mobile Payment", "Website Payment"),
        *("Express Checkout Payment", "PreApproved Payment Bill User Payment"),
        *("Pre-approved Payment Bill User Payment", "Mass Pay Payment", "Mass Payment"),
        *("eBay Auction Payment", "Direct Credit Card Payment", "Virtual Terminal Payment"),
        *("Payment", "Donation", "Shopping Cart Payment", "Web Accept Payment Received"),
        *("Donation Received", "Payment Received", "Mobile Payment Received"),
        *("Spendenzahlung", "Allgemeine Zahlung", "Handyzahlung", "Website-Zahlung"),
        *("PayPal Express-Zahlung", "Zahlung im Einzugsverfahren mit Zahlungsrechnung"),
        *("Sammelzahlung",),
    ),
    "subscription_payment": (
        *("Subscription Payment", "Recurring Payment", "Recurring Payment Received"),
        *("Subscription Payment Received", "Abonnementzahlung"),
    ),
    "refund": ("Payment Refund", "Refund", "Rückzahlung"),
    "reversal": ("Payment Reversal", "Reversal"),
    "chargeback": ("Chargeback",),
    "chargeback_reversal": (
        *("Chargeback Reversal", "Reimbursement of Chargeback", "Chargeback Reimbursement"),
    ),
    "chargeback_fee": ("Chargeback Fee", "Chargeback Processing Fee"),
    "fee_reversal": ("Fee Reversal", "Fee Refund"),
    "adjustment": ("General Adjustment", "Adjustment", "Chargeback Settlement"),
    "conversion": (
        *(
            "General Currency Conversion",
            "Currency Conversion",
            "User-initiated Currency Conversion",
        ),
        *("User Initiated Currency Conversion", "Allgemeine Währungsumrechnung"),
    ),
    "hold": (
        *("Hold on Balance for Dispute Investigation", "Payment Hold", "Payment Release"),
        *("Cancellation of Hold for Dispute Resolution", "General Hold", "General Hold Release"),
        *("Account Hold for Open Authorization", "Reversal of General Account Hold"),
        *(
            "Account Hold for ACH Deposit",
            "Reserve Hold",
            "Reserve Release",
            "General Account Hold",
        ),
        *("Einbehaltung für offene Autorisierung", "Rückbuchung allgemeiner Einbehaltung"),
    ),
    "authorization": (
        *("General Authorization", "Authorization", "Reauthorization", "Void of Authorization"),
        *("Order", "Allgemeine Autorisierung"),
    ),
    "withdrawal": (
        *("User Initiated Withdrawal", "General Withdrawal", "General Withdrawal - Bank Account"),
        *("Auto-sweep Withdrawal", "General Card Withdrawal", "Withdraw Funds to Bank Account"),
        *("Reversal of ACH Withdrawal Transaction", "Transfer to Bank"),
        *("Von Nutzer eingeleitete Abbuchung", "Allgemeine Abbuchung"),
    ),
    "deposit": (
        *("Bank Deposit to PP Account", "General Card Deposit", "General Credit Card Deposit"),
        *("Reversal of ACH Deposit", "Add Funds from a Bank Account"),
        *("Bankgutschrift auf PayPal-Konto", "Bankgutschrift auf PayPal Konto"),
        *("Allgemeine Gutschrift auf Kreditkarte", "Rückbuchung von ACH-Gutschrift"),
    ),
    "account_fee": ("General Fee", "Mass Pay Request Fee", "Partner Fee", "Postage Payment"),
    "paperwork": (
        *("Invoice Sent", "Invoice Received", "Request Sent", "Request Received"),
        *("Recurring Payment Profile", "Money Request", "Subscription Creation"),
        *("Subscription Cancellation", "Canceled Fee", "Update to eCheck Received"),
    ),
}
CODES: Mapping[str, Kind] = {
    "T0002": "subscription_payment",
    "T0106": "chargeback_fee",
    "T1106": "reversal",
    "T1107": "refund",
    "T1108": "fee_reversal",
    "T1109": "fee_reversal",
    "T1110": "hold",
    "T1111": "hold",
    "T1201": "chargeback",
    "T1202": "chargeback_reversal",
    "T1205": "chargeback_reversal",
}
# The first three characters stand for a group; what is not told apart in it is alike for us.
CODE_GROUPS: Mapping[str, Kind] = {
    "T00": "payment",
    "T01": "account_fee",
    "T02": "conversion",
    "T03": "deposit",
    "T04": "withdrawal",
    "T06": "withdrawal",
    "T07": "deposit",
    "T12": "adjustment",
    "T13": "authorization",
    "T15": "hold",
    "T17": "withdrawal",
    "T19": "adjustment",
    "T21": "hold",
}
STATUS_WORDS: Mapping[Status, tuple[str, ...]] = {
    "completed": (
        *("Completed", "Complete", "Cleared", "Paid", "Abgeschlossen", "Terminé", "Voltooid"),
    ),
    # Money that came and later went back: the going back has a row of its own.
    "returned": (
        *("Refunded", "Partially Refunded", "Reversed", "Partially Reversed", "Canceled Reversal"),
        *("Zurückgezahlt", "Teilweise zurückgezahlt", "Remboursé", "Partiellement remboursé"),
    ),
    "pending": (
        *("Pending", "Uncleared", "Processing", "Held", "On Hold", "Temporary Hold", "Unclaimed"),
        *("Under Review", "Placed", "Active", "Created", "Ausstehend", "En attente"),
        *("In behandeling", "Unpaid", "Sent"),
    ),
    "other": (
        *("Denied", "Failed", "Expired", "Voided", "Canceled", "Cancelled", "Removed", "Returned"),
        *("Rejected", "Blocked", "Draft", "Storniert", "Abgelehnt", "Fehlgeschlagen", "Entfernt"),
        *("Annulé", "Refusé", "Geannuleerd", "Geweigerd"),
    ),
}
MEMO = frozenset(("memo", "mémo"))
_KINDS = {plain(word): kind for kind, words in WORDS.items() for word in words}
_STATUSES = {plain(word): status for status, words in STATUS_WORDS.items() for word in words}


def kind_of(word: str, code: str, told: Mapping[str, str]) -> Kind | None:
    """What a row is, by its code, else by its word; None when a person has to tell."""
    code = code.strip().upper()
    for each in (code, word):
        if each and (answer := told.get(each.strip())) in KINDS:
            return KINDS[KINDS.index(answer)]
    return CODES.get(code) or CODE_GROUPS.get(code[:3]) or _KINDS.get(plain(word))


def status_of(word: str, told: Mapping[str, str]) -> Status | None:
    """How far it came; None when a person has to tell."""
    match told.get(word.strip()):
        case "completed":
            return "completed"
        case "pending":
            return "pending"
        case "other":
            return "other"
    return _STATUSES.get(plain(word))
