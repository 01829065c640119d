"""The second pass over a file: each row understood, left out for a reason, or puzzling."""

import re
from collections.abc import Generator, Sequence
from contextlib import closing
from datetime import datetime
from typing import BinaryIO

from donations.gateways.paypal.activity.answers import Answers, Layout, Survey
from donations.gateways.paypal.activity.conversions import Conversions, Half
from donations.gateways.paypal.activity.dates import Unreadable, moment
from donations.gateways.paypal.activity.headings import plain
from donations.gateways.paypal.activity.numbers import CURRENCY, minor
from donations.gateways.paypal.activity.opening import records
from donations.gateways.paypal.activity.rows import Ignored, Outcome, Puzzling, Row
from donations.gateways.paypal.activity.sentences import reason
from donations.gateways.paypal.activity.words import (
    IGNORED,
    MEMO,
    PAYMENTS,
    Kind,
    kind_of,
    status_of,
)
from donations.gateways.paypal.payments import Transaction
from donations.money import Money

# PayPal's have 17 of them.
TRANSACTION = re.compile(r"[A-Z0-9]{8,40}", re.ASCII)
SUBSCRIPTION = re.compile(r"[IS]-[A-Z0-9]{4,60}", re.ASCII)


class Unclear(Exception):
    """The row cannot be understood; its text is the reason."""


class LeftOut(Exception):
    """The row is not about gifts; its text is the reason."""


def read_rows(stream: BinaryIO, survey: Survey, answers: Answers) -> Generator[Outcome, None, None]:
    """Every row of a settled file, in order; conversions come last, as one row of two lines.

    They can be told only when all payments and our own spending are known. Rather than kept in
    memory they are read once more. Raises ActivityFileRefused only where `survey` did.
    """
    reader = Reader(survey, answers)
    with closing(records(stream)) as found:
        next(found)
        for line, fields in found:
            outcome = reader.outcome(line, fields)
            if outcome is not None:
                yield outcome
    if reader.has_conversions:
        with closing(records(stream)) as found:
            next(found)
            for line, fields in found:
                yield from reader.converted(line, fields)
        yield from reader.conversions.alone()


class Reader:
    """Understands rows by what the survey decided."""

    def __init__(self, survey: Survey, answers: Answers) -> None:
        self.survey, self.answers = survey, answers
        self.layout = Layout(survey.header, survey.columns)
        self.conversions, self.has_conversions = Conversions(), False

    def outcome(self, line: int, fields: Sequence[str]) -> Outcome | None:
        """One row; None for a conversion, whose time has not come."""
        try:
            kind = self.kind(fields)
            self.check_status(kind, fields)
            if kind == "conversion":
                self.has_conversions = True
                return None
            return Row(line=line, kind=kind, told=self.transaction(kind, fields))
        except LeftOut as why:
            return Ignored(line=line, reason=str(why))
        except Unclear as why:
            return Puzzling(line=line, reason=str(why))

    def converted(self, line: int, fields: Sequence[str]) -> list[Outcome]:
        """A line of a conversion: nothing until the other one comes. Others are told already."""
        if not self.is_conversion(fields):
            return []
        try:
            return self.conversions.add(self.half(line, fields))
        except LeftOut as why:
            return [Ignored(line=line, reason=str(why))]
        except Unclear as why:
            return [Puzzling(line=line, reason=str(why))]

    def is_conversion(self, fields: Sequence[str]) -> bool:
        """Whether it is one, and completed."""
        try:
            kind = self.kind(fields)
            self.check_status(kind, fields)
        except (LeftOut, Unclear):
            return False
        return kind == "conversion"

    def kind(self, fields: Sequence[str]) -> Kind:
        """What it is. Raises Unclear, LeftOut."""
        if not self.layout.fits(fields):
            raise Unclear("fields")
        word, code = self.layout.get(fields, "type"), self.layout.get(fields, "code")
        kind = kind_of(word, code, self.answers.kinds)
        if kind in IGNORED:
            raise LeftOut(kind)
        if kind is None:
            # What is not completed or moves no money is left out, whatever it is.
            self.check_status("payment", fields)
            raise Unclear(reason("kind", word or code or "?"))
        return kind

    def check_status(self, kind: Kind, fields: Sequence[str]) -> None:
        """Only what is completed counts. Raises Unclear, LeftOut.

        A payment that was refunded later was completed all the same.
        """
        if self.layout.has_status:
            word = self.layout.get(fields, "status")
            status = status_of(word, self.answers.statuses)
            if status is None:
                raise Unclear(reason("status", word or "?"))
            if status == "returned" and kind not in PAYMENTS:
                raise LeftOut("other")
            if status in ("pending", "other"):
                raise LeftOut(status)
        if plain(self.layout.get(fields, "impact")) in MEMO:
            raise LeftOut("memo")

    def transaction(self, kind: Kind, fields: Sequence[str]) -> Transaction:
        """What moved. Raises Unclear, LeftOut."""
        ref = self.transaction_id(fields)
        currency = self.currency(fields)
        gross, fee = self.amounts(fields, currency)
        self.check_direction(kind, ref, gross, fee)
        reference = self.layout.get(fields, "reference")
        if kind == "withdrawal":
            reference = self.returned_withdrawal(reference, gross)
        is_payment = kind in PAYMENTS
        if (
            not is_payment
            and not TRANSACTION.fullmatch(reference)
            and (reference or kind == "refund")
        ):
            raise Unclear("reference")
        texts = self.texts(fields) if is_payment else {}
        if is_payment and SUBSCRIPTION.fullmatch(reference):
            texts["subscription_ref"] = reference
        return Transaction(
            ref=ref,
            gross=Money(gross, currency),
            fee=None if fee is None else Money(-fee, currency),
            at=self.moment(fields),
            told_by="file",
            of_ref="" if is_payment else reference,
            **texts,
        )

    def check_direction(self, kind: Kind, ref: str, gross: int, fee: int | None) -> None:
        """Money the wrong way is our own business as a customer of others. Raises LeftOut."""
        if gross == 0 and not fee:
            raise LeftOut("nothing")
        if kind in PAYMENTS and gross < 0:
            self.conversions.spent.add(ref)
            raise LeftOut("own spending")
        if kind in ("refund", "chargeback") and gross > 0:
            self.conversions.spent.add(ref)
            raise LeftOut("own refund")
        if kind in PAYMENTS | {"refund"} and gross == 0:
            raise LeftOut("nothing")

    @staticmethod
    def returned_withdrawal(reference: str, gross: int) -> str:
        """Which withdrawal the bank sent back; blank for one that went out. Raises Unclear."""
        if gross < 0:
            return ""
        if not TRANSACTION.fullmatch(reference):
            raise Unclear("reference")
        return reference

    def half(self, line: int, fields: Sequence[str]) -> Half:
        """One line of a conversion. Raises Unclear, LeftOut."""
        reference = self.layout.get(fields, "reference")
        if not reference:
            raise LeftOut("own conversion")
        if not TRANSACTION.fullmatch(reference):
            raise Unclear("reference")
        ref, currency = self.transaction_id(fields), self.currency(fields)
        gross, _fee = self.amounts(fields, currency)
        if gross == 0:
            raise LeftOut("nothing")
        return Half(line, ref, reference, gross, currency, self.moment(fields))

    def transaction_id(self, fields: Sequence[str]) -> str:
        """PayPal's name of the transaction. Raises Unclear."""
        text = self.layout.get(fields, "txn_id")
        if not TRANSACTION.fullmatch(text):
            raise Unclear(reason("transaction", text or "?"))
        return text

    def currency(self, fields: Sequence[str]) -> str:
        """The currency's code. Raises Unclear."""
        text = self.layout.get(fields, "currency")
        if not CURRENCY.fullmatch(text):
            raise Unclear(reason("currency", text or "?"))
        return text

    def amounts(self, fields: Sequence[str], currency: str) -> tuple[int, int | None]:
        """Gross and fee as they are written, proved by net where it is told. Raises Unclear."""
        texts = [self.layout.amount(fields, name) for name in ("gross", "fee", "net")]
        found = [minor(text, self.survey.decimal, currency) if text else None for text in texts]
        for text, amount in zip(texts, found, strict=True):
            if text and amount is None:
                raise Unclear(reason("amount", text))
        gross, fee, net = found
        if gross is None:
            raise Unclear(reason("amount", "?"))
        if net is not None and fee is not None and gross + fee != net:
            raise Unclear(reason("proof", " / ".join(texts)))
        if fee is None and net is not None:
            fee = net - gross
        return gross, fee

    def moment(self, fields: Sequence[str]) -> datetime:
        """When. Raises Unclear."""
        day, clock, zone = (self.layout.get(fields, name) for name in ("date", "time", "zone"))
        try:
            return moment(day, clock, zone, day_first=self.survey.day_first)
        except Unreadable as error:
            told = zone if str(error) == "zone" else f"{day} {clock}".strip()
            raise Unclear(reason(str(error), told or "?")) from None

    def texts(self, fields: Sequence[str]) -> dict[str, str]:
        """What a payment says of whose it is; formulas are text like any other."""
        subject, note = self.layout.get(fields, "subject"), self.layout.get(fields, "note")
        return {
            "custom": self.layout.get(fields, "custom")[:256],
            "note": (f"{subject}\n{note}" if subject and note else subject or note)[:4000],
            "payer_email": self.layout.get(fields, "from_email")[:254],
            "payer_name": self.layout.get(fields, "name")[:200],
            "payer_country": self.layout.get(fields, "country")[:2],
        }
