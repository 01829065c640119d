"""The activity file tells of the same transactions as the messages, and of more."""

import csv
import io
from decimal import Decimal

from tests.standins.paypal import PayPalStandin

from .paypal_asks import donate, fetch, fields, gift, me, monthly

Row = dict[str, str]


def rows(pal: PayPalStandin) -> list[Row]:
    text = pal.activity_csv().decode("utf-8-sig")
    return list(csv.DictReader(io.StringIO(text)))


def number(text: str) -> Decimal:
    return Decimal(text.replace(",", ""))


def everything(pal: PayPalStandin) -> None:
    """A bit of each."""
    paid = gift(pal, custom="don-7", invoice="i-7")
    sent = pal.pay_link(me(pal), note='keep "going", =1+1')
    sub = pal.pay_link(monthly(pal))
    gift(pal, currency_code="PLN", amount="100.00")
    gift(pal, currency_code="USD", amount="1000.00")
    gift(pal, currency_code="JPY", amount="150000")
    pal.refund(paid, "4.00")
    pal.open_case(sent)
    pal.reverse(sent)
    pal.cancel_reversal(sent)
    pal.adjust(sub)
    pal.masspay()
    pal.buy("1049.99")
    pal.withdraw()
    pal.deny(pal.pay_link(donate(pal), pending=True))


def test_its_shape(pal: PayPalStandin) -> None:
    gift(pal)
    head, line, rest = pal.activity_csv().decode().split("\r\n")
    assert head.startswith('\ufeff"Date","Time","TimeZone","Name","Type","Status","Currency"')
    assert len(head.split('","')) == 41
    assert line.startswith('"')
    assert rest == ""


def test_a_donation_line(pal: PayPalStandin) -> None:
    pal.now = 1795173322  # 2026-11-20 11:15:22 UTC
    paid = gift(pal, custom="don-7")
    [row] = rows(pal)
    told = {name: text for name, text in row.items() if text}
    assert told == {
        "Date": "11/20/2026",
        "Time": "03:15:22",
        "TimeZone": "PST",
        "Name": "Ana Popescu",
        "Type": "Donation Payment",
        "Status": "Completed",
        "Currency": "EUR",
        "Gross": "10.00",
        "Fee": "-0.69",
        "Net": "9.31",
        "From Email Address": "ana@example.org",
        "To Email Address": "office@rudeana.com",
        "Transaction ID": paid.id,
        "Item Title": "Support",
        "Custom Number": "don-7",
        "Balance": "9.31",
        "Country Code": "RO",
        "Balance Impact": "Credit",
    }


def test_every_line_adds_up(pal: PayPalStandin) -> None:
    everything(pal)
    balances: dict[str, Decimal] = {}
    for row in rows(pal):
        gross, fee, net = (number(row[name]) for name in ("Gross", "Fee", "Net"))
        assert gross + fee == net
        if row["Balance Impact"] != "Memo":
            balances[row["Currency"]] = balances.get(row["Currency"], Decimal(0)) + net
            assert row["Balance Impact"] == ("Credit" if gross > 0 else "Debit")
        assert number(row["Balance"]) == balances.get(row["Currency"], 0)
    assert balances["PLN"] == 0


def test_it_tells_what_the_messages_tell(pal: PayPalStandin) -> None:
    everything(pal)
    listed = {row["Transaction ID"]: row for row in rows(pal) if row["Balance Impact"] != "Memo"}
    told = [fields(body) for body in pal.ipns]
    money = [each for each in told if each.get("mc_fee") and each.get("payment_date")]
    assert len(money) == 9
    for each in money:
        row = listed[each["txn_id"]]
        assert number(row["Gross"]) == Decimal(each["mc_gross"])
        assert number(row["Fee"]) == -Decimal(each["mc_fee"])
        assert row["Currency"] == each["mc_currency"]
        reference = each.get("parent_txn_id") or each.get("subscr_id", "")
        assert row["Reference Txn ID"] == reference
        assert row["Custom Number"] == each.get("custom", "")


def test_the_words_for_things(pal: PayPalStandin) -> None:
    everything(pal)
    assert [row["Type"] for row in rows(pal)] == [
        "Donation Payment",
        "Mobile Payment",
        "Subscription Payment",
        "General Currency Conversion",
        "General Currency Conversion",
        "Donation Payment",
        "Donation Payment",
        "Donation Payment",
        "Payment Refund",
        "Hold on Balance for Dispute Investigation",
        "Cancellation of Hold for Dispute Resolution",
        "Chargeback",
        "Chargeback Reversal",
        "General Account Correction",
        "Mass Pay Payment",
        "Express Checkout Payment",
        "User Initiated Withdrawal",
        "Donation Payment",
        "Donation Payment",
    ]


def test_what_is_pending_is_a_note_and_no_money(pal: PayPalStandin) -> None:
    paid = pal.pay_link(donate(pal), pending=True)
    [row] = rows(pal)
    assert (row["Status"], row["Balance Impact"], row["Balance"]) == ("Pending", "Memo", "0")
    pal.advance(days=4)
    pal.clear(paid)
    first, second = rows(pal)
    assert first["Transaction ID"] == second["Transaction ID"] == paid.id
    assert (first["Status"], second["Status"]) == ("Pending", "Completed")
    assert first["Date"] != second["Date"]
    assert second["Balance"] == "9.31"


def test_a_refund_goes_the_other_way(pal: PayPalStandin) -> None:
    paid = gift(pal)
    pal.refund(paid)
    row = rows(pal)[-1]
    assert (row["Gross"], row["Fee"], row["Net"]) == ("-10.00", "0.34", "-9.66")
    assert (row["From Email Address"], row["To Email Address"]) == (pal.business, "ana@example.org")
    assert row["Reference Txn ID"] == paid.id


def test_our_own_spending_uses_the_same_words(pal: PayPalStandin) -> None:
    pal.buy("1049.99")
    [row] = rows(pal)
    assert (row["Type"], row["Gross"]) == ("Express Checkout Payment", "-1,049.99")
    assert row["From Email Address"] == pal.business


def test_it_is_a_download(pal: PayPalStandin) -> None:
    gift(pal)
    status, _, body = fetch(f"{pal.base_url}/control/activity.csv")
    assert (status, body.encode()) == (200, pal.activity_csv())
