"""The fields and bytes of messages; the sets of names are those of real ones."""

import re

import pytest

from tests.standins.paypal import PayPalStandin

from .paypal_asks import donate, fields, gift, kinds, last, me, monthly

PEOPLE = {
    *("payer_id", "payer_status", "first_name", "last_name", "payer_email", "residence_country"),
    *("receiver_email", "receiver_id", "payment_gross", "payment_fee"),
    *("notify_version", "verify_sign", "ipn_track_id", "charset"),
}
MONEY = {
    *("business", "mc_currency", "payment_type", "txn_id", "payment_status", "payment_date"),
    *("mc_gross", "mc_fee"),
}
BACK = {"parent_txn_id", "reason_code", "item_name"}
GIFT = {
    *("txn_type", "item_name", "custom", "quantity", "protection_eligibility"),
    "transaction_subject",
}
SUBSCRIPTION = {"business", "mc_currency", "txn_type", "subscr_id", "item_name"}
TERMS = {"subscr_date", "recurring", "reattempt", "period3", "amount3", "mc_amount3"}
CASE = {"business", "payment_type", "txn_type", "txn_id", "case_id", "case_type", "reason_code"}


def test_a_donation(pal: PayPalStandin) -> None:
    pal.now = 1795173322  # 2026-11-20 11:15:22 UTC
    paid = gift(pal, custom="don-7")
    told = last(pal)
    assert set(told) == PEOPLE | MONEY | GIFT
    assert told["payment_date"] == "03:15:22 Nov 20, 2026 PST"
    assert (told["mc_gross"], told["mc_fee"], told["mc_currency"]) == ("10.00", "0.69", "EUR")
    assert (told["payment_gross"], told["payment_fee"]) == ("", "")
    assert (told["first_name"], told["last_name"]) == ("Ana", "Popescu")
    assert told["txn_id"] == paid.id
    assert re.fullmatch(r"[A-Z0-9]{17}", paid.id)
    assert re.fullmatch(r"[A-Z0-9]{13}", told["payer_id"])
    assert re.fullmatch(r"[0-9a-f]{13}", told["ipn_track_id"])


def test_in_summer_california_has_another_name_for_its_time(pal: PayPalStandin) -> None:
    pal.now = 1788249600  # 2026-09-01 08:00 UTC
    gift(pal)
    assert last(pal)["payment_date"] == "01:00:00 Sep 1, 2026 PDT"


@pytest.mark.parametrize(
    ("currency", "amount", "fee"),
    [
        ("EUR", "10.00", "0.69"),
        ("EUR", "50.00", "2.05"),
        ("EUR", "0.20", "0.20"),
        ("USD", "1000.00", "29.49"),
        ("PLN", "100.00", "4.50"),
        ("JPY", "1500", "94"),
    ],
)
def test_fees(pal: PayPalStandin, currency: str, amount: str, fee: str) -> None:
    gift(pal, currency_code=currency, amount=amount)
    told = last(pal)
    assert (told["mc_gross"], told["mc_fee"]) == (amount, fee)
    dollars = (amount, fee) if currency == "USD" else ("", "")
    assert (told["payment_gross"], told["payment_fee"]) == dollars


def test_what_the_account_holds_no_balance_in_is_converted(pal: PayPalStandin) -> None:
    gift(pal, currency_code="PLN", amount="100.00")
    told = last(pal)
    assert (told["settle_amount"], told["settle_currency"]) == ("21.80", "EUR")
    pal.settings.exchange_rates = {}
    gift(pal, currency_code="PLN", amount="100.00")
    assert "settle_amount" not in last(pal)


def test_signing_up_for_every_month(pal: PayPalStandin) -> None:
    paid = pal.pay_link(monthly(pal))
    signup, payment = map(fields, pal.ipns)
    assert set(signup) == PEOPLE | SUBSCRIPTION | TERMS
    assert signup["period3"] == "1 M"
    assert set(payment) == PEOPLE | MONEY | {"txn_type", "subscr_id", "item_name"}
    assert paid.sub == signup["subscr_id"] == payment["subscr_id"]
    assert re.fullmatch(r"I-[A-Z0-9]{12}", paid.sub)


def test_money_back(pal: PayPalStandin) -> None:
    paid = gift(pal)
    refund = pal.refund(paid, "4.00")
    told = last(pal)
    assert set(told) == PEOPLE | MONEY | BACK
    assert (told["txn_id"], told["parent_txn_id"]) == (refund.id, paid.id)
    assert (told["mc_gross"], told["mc_fee"]) == ("-4.00", "-0.14")
    assert told["payment_status"] == "Refunded"


def test_a_case(pal: PayPalStandin) -> None:
    paid = gift(pal, custom="don-7")
    ident = pal.open_case(paid, "complaint", "non_receipt")
    told = last(pal)
    assert set(told) == PEOPLE | CASE | {"case_creation_date", "custom"}
    assert (told["txn_id"], told["case_id"], told["case_type"]) == (paid.id, ident, "complaint")


def test_money_that_the_account_sends(pal: PayPalStandin) -> None:
    sent = pal.masspay("100.00", "author@example.org")
    told = last(pal)
    assert (told["txn_type"], told["masspay_txn_id_1"]) == ("masspay", sent.id)
    assert (told["mc_gross_1"], told["receiver_email_1"]) == ("100.00", "author@example.org")
    assert "receiver_email" not in told


def test_in_windows_1252(pal: PayPalStandin) -> None:
    pal.manners.windows_1252 = True
    pal.pay_link(donate(pal, item_name="Support – café"), payer_name="Jörg Müller")
    body = pal.ipns[-1]
    assert b"first_name=J%F6rg&last_name=M%FCller" in body
    assert b"item_name=Support+%96+caf%E9" in body
    assert body.endswith(b"&charset=windows-1252")
    assert fields(body)["last_name"] == "Müller"


def test_what_the_old_encoding_has_no_letters_for_is_lost(pal: PayPalStandin) -> None:
    pal.manners.windows_1252 = True
    pal.pay_link(me(pal), payer_name="Ион Русу")
    assert last(pal)["first_name"] == "???"


def test_bytes_that_a_careless_reader_would_write_in_another_way(pal: PayPalStandin) -> None:
    pal.pay_link(me(pal), note="a*b~c d", payer_name="Ион")
    assert b"memo=a*b%7Ec+d" in pal.ipns[-1]
    assert b"first_name=%D0%98%D0%BE%D0%BD" in pal.ipns[-1]


def test_the_sandbox_says_so(pal: PayPalStandin) -> None:
    gift(pal)
    assert "test_ipn" not in last(pal)
    pal.settings.test_ipn = True
    gift(pal)
    assert last(pal)["test_ipn"] == "1"


@pytest.mark.parametrize("status", ["Denied", "Failed", "Expired"])
def test_from_a_bank_that_does_not_pay(pal: PayPalStandin, status: str) -> None:
    pal.manners.pending_first = True
    paid = gift(pal)
    told = last(pal)
    assert (told["payment_status"], told["pending_reason"]) == ("Pending", "echeck")
    assert (told["payment_type"], "mc_fee" in told) == ("echeck", False)
    pal.deny(paid, status)
    told = last(pal)
    assert (told["txn_id"], told["payment_status"]) == (paid.id, status)
    assert not {"mc_fee", "pending_reason"} & set(told)
    with pytest.raises(ValueError, match="not pending"):
        pal.clear(paid)


def test_from_a_bank_that_pays_in_the_end(pal: PayPalStandin) -> None:
    paid = pal.pay_link(donate(pal), pending=True)
    began = last(pal)["payment_date"]
    pal.advance(days=4)
    pal.clear(paid)
    told = last(pal)
    assert (told["txn_id"], told["payment_status"]) == (paid.id, "Completed")
    assert (told["mc_fee"], told["payment_type"]) == ("0.69", "echeck")
    assert told["payment_date"] != began


def test_a_monthly_donation_of_the_donate_page_is_a_profile(pal: PayPalStandin) -> None:
    paid = pal.pay_link(donate(pal, no_recurring="0", custom="pledge-3"), monthly=True)
    assert kinds(pal) == ["recurring_payment_profile_created", "recurring_payment"]
    created, payment = map(fields, pal.ipns)
    assert (created["currency_code"], created["amount_per_cycle"]) == ("EUR", "10.00")
    assert "mc_currency" not in created
    assert created["next_payment_date"] == payment["next_payment_date"] != "N/A"
    assert created["recurring_payment_id"] == payment["recurring_payment_id"] == paid.sub
    assert payment["rp_invoice_id"] == "pledge-3"
    pal.refund(paid)
    assert last(pal)["recurring_payment_id"] == paid.sub
    for _ in range(3):
        pal.fail(paid)
    pal.end(paid)
    assert kinds(pal)[3:] == [
        *["recurring_payment_failed"] * 3,
        "recurring_payment_suspended_due_to_max_failed_payment",
        "recurring_payment_expired",
    ]
    assert last(pal)["next_payment_date"] == "N/A"
