"""Paid again, failed, changed, stopped, over."""

from decimal import Decimal

import pytest

from tests.standins.paypal import PayPalStandin

from .paypal_asks import fields, kinds, last, monthly

SIGNED_UP = ["subscr_signup", "subscr_payment"]


def test_renewals(pal: PayPalStandin) -> None:
    first = pal.pay_link(monthly(pal, custom="pledge-3"))
    pal.advance(days=31)
    second = pal.renew(first)
    assert kinds(pal) == [*SIGNED_UP, "subscr_payment"]
    assert (second.sub, second.id != first.id) == (first.sub, True)
    assert last(pal)["custom"] == "pledge-3"
    assert pal.renew(first.sub).sub == first.sub


def test_a_fixed_number_of_payments_ends_by_itself(pal: PayPalStandin) -> None:
    paid = pal.pay_link(monthly(pal, srt="2"))
    assert fields(pal.ipns[0])["recur_times"] == "2"
    pal.renew(paid)
    assert kinds(pal) == [*SIGNED_UP, "subscr_payment", "subscr_eot"]
    with pytest.raises(ValueError, match="is ended"):
        pal.renew(paid)


def test_failing(pal: PayPalStandin) -> None:
    pal.now = 1797782400  # 2026-12-20 16:00 UTC
    paid = pal.pay_link(monthly(pal))
    pal.fail(paid)
    assert last(pal)["retry_at"] == "08:00:00 Dec 23, 2026 PST"
    pal.fail(paid)
    assert last(pal)["retry_at"] == "08:00:00 Dec 25, 2026 PST"
    pal.fail(paid)
    assert kinds(pal)[2:] == [*["subscr_failed"] * 3, "subscr_cancel"]
    assert "retry_at" not in fields(pal.ipns[-2])


def test_a_payment_forgives_what_failed(pal: PayPalStandin) -> None:
    paid = pal.pay_link(monthly(pal))
    pal.fail(paid)
    pal.renew(paid)
    assert pal.subscription(paid).failures == 0


def test_without_another_try_one_failure_ends_it(pal: PayPalStandin) -> None:
    paid = pal.pay_link(monthly(pal, sra="0"))
    assert fields(pal.ipns[0])["reattempt"] == "0"
    pal.fail(paid)
    assert kinds(pal)[2:] == ["subscr_failed", "subscr_cancel"]


def test_another_amount(pal: PayPalStandin) -> None:
    paid = pal.pay_link(monthly(pal))
    pal.modify(paid, "8.00")
    told = last(pal)
    assert (told["txn_type"], told["mc_amount3"]) == ("subscr_modify", "8.00")
    assert {"subscr_effective", "subscr_date"} <= set(told)
    assert pal.renew(paid).gross == Decimal("8.00")


def test_cancelled_and_later_over(pal: PayPalStandin) -> None:
    paid = pal.pay_link(monthly(pal))
    pal.cancel(paid)
    with pytest.raises(ValueError, match="is canceled"):
        pal.cancel(paid)
    with pytest.raises(ValueError, match="is canceled"):
        pal.renew(paid)
    pal.end(paid)
    assert kinds(pal)[2:] == ["subscr_cancel", "subscr_eot"]
    with pytest.raises(ValueError, match="ended already"):
        pal.end(paid)


def test_an_id_of_the_old_kind_and_its_successor(pal: PayPalStandin) -> None:
    pal.settings.old_ids = True
    paid = pal.pay_link(monthly(pal))
    old = paid.sub
    assert old.startswith("S-")
    pal.migrate(paid)
    pal.renew(paid)
    told = last(pal)
    assert (told["old_subscr_id"], told["subscr_id"][:2]) == (old, "I-")
    pal.cancel(old)
    assert (last(pal)["subscr_id"], last(pal)["old_subscr_id"]) == (told["subscr_id"], old)


@pytest.mark.parametrize(("unit", "count", "days"), [("D", "10", 10), ("W", "2", 14)])
def test_other_periods(pal: PayPalStandin, unit: str, count: str, days: int) -> None:
    sub = pal.subscription(pal.pay_link(monthly(pal, t3=unit, p3=count)))
    assert fields(pal.ipns[0])["period3"] == f"{count} {unit}"
    assert sub.next_at - sub.at == days * 86400


def test_nobody_s_subscription(pal: PayPalStandin) -> None:
    with pytest.raises(ValueError, match="no subscription"):
        pal.renew("I-NOBODY")
