"""Messages as they arrive: in order, again until answered, and as ill-mannered as asked for."""

from tests.standins.paypal import PayPalStandin
from tests.standins.paypal.manners import Manners

from .paypal_asks import ask, fields, gift, kinds, last, monthly
from .receiver import Receiver


def types(receiver: Receiver) -> list[str]:
    return [fields(body)["txn_type"] for body in receiver.bodies]


def test_they_arrive_as_they_are_kept(telling: PayPalStandin, receiver: Receiver) -> None:
    paid = telling.pay_link(monthly(telling))
    telling.renew(paid)
    assert telling.wait_for_deliveries()
    assert receiver.bodies == telling.ipns
    assert types(receiver) == ["subscr_signup", "subscr_payment", "subscr_payment"]
    assert [attempt.status for attempt in telling.deliveries] == [200] * 3
    assert all(message.delivered for message in telling.messages)
    assert {ask(telling, body) for body in receiver.bodies} == {"VERIFIED"}


def test_only_200_will_do(telling: PayPalStandin, receiver: Receiver) -> None:
    receiver.answers = [500, 204]
    gift(telling)
    assert telling.wait_for_deliveries()
    assert [attempt.status for attempt in telling.deliveries] == [500, 204, 200]
    assert len(set(receiver.bodies)) == 1


def test_in_the_end_it_gives_up(telling: PayPalStandin, receiver: Receiver) -> None:
    receiver.answers = [503] * 9
    gift(telling)
    assert telling.wait_for_deliveries()
    assert [attempt.attempt for attempt in telling.deliveries] == [1, 2, 3]
    assert not telling.messages[0].delivered


def test_the_patience_of_paypal() -> None:
    delays = [delay * 20 for delay in PayPalStandin().courier.retry_delays]
    assert delays[:4] == [10, 20, 40, 80]
    assert delays[-1] == 86400
    assert 3 < sum(delays) / 86400 < 5


def test_twice(telling: PayPalStandin, receiver: Receiver) -> None:
    telling.manners.twice = True
    gift(telling)
    assert telling.wait_for_deliveries()
    assert receiver.bodies == telling.ipns * 2


def test_last_first(telling: PayPalStandin, receiver: Receiver) -> None:
    telling.manners.reversed = True
    telling.manners.window = 0.05
    paid = telling.pay_link(monthly(telling))
    telling.cancel(paid)
    assert telling.wait_for_deliveries()
    assert types(receiver) == ["subscr_cancel", "subscr_payment", "subscr_signup"]
    assert kinds(telling) == types(receiver)[::-1]


def test_held_and_released(telling: PayPalStandin, receiver: Receiver) -> None:
    telling.manners.hold = True
    gift(telling)
    assert telling.wait_for_deliveries()
    assert receiver.bodies == []
    telling.release()
    assert telling.wait_for_deliveries()
    assert receiver.bodies == telling.ipns


def test_never_and_then_on_request(telling: PayPalStandin, receiver: Receiver) -> None:
    telling.manners.drop = True
    gift(telling)
    assert telling.wait_for_deliveries()
    assert (receiver.bodies, len(telling.ipns)) == ([], 1)
    telling.resend(1)
    assert telling.wait_for_deliveries()
    assert receiver.bodies == telling.ipns


def test_sent_again_and_marked(telling: PayPalStandin, receiver: Receiver) -> None:
    gift(telling)
    telling.resend(1, marked=True)
    assert telling.wait_for_deliveries()
    assert receiver.bodies[1] == receiver.bodies[0] + b"&resend=true"
    assert ask(telling, receiver.bodies[1]) == "VERIFIED"


def test_a_link_s_own_address_takes_the_place_of_the_account_s(
    pal: PayPalStandin, receiver: Receiver
) -> None:
    pal.notify_url = "http://127.0.0.1:9/"
    paid = gift(pal, notify_url=receiver.url)
    pal.refund(paid)
    sub = pal.pay_link(monthly(pal, notify_url=receiver.url))
    pal.cancel(sub)
    assert pal.wait_for_deliveries()
    assert receiver.bodies == pal.ipns
    pal.notify_url = ""


def test_nobody_outside_of_this_machine_is_ever_told(pal: PayPalStandin) -> None:
    for url in (
        "https://give.example.org/ipn/",
        "http://127.0.0.1.example.org/",
        "http://user@example.org/?127.0.0.1",
        "file:///etc/passwd",
        "//127.0.0.1/",
    ):
        gift(pal, notify_url=url)
        assert pal.messages[-1].url == ""
    assert pal.wait_for_deliveries()
    assert pal.deliveries == []


def test_manners_are_read_from_words() -> None:
    asked = Manners.parse("twice,reversed,late=3,pending_first,windows_1252")
    assert asked == Manners(
        twice=True, reversed=True, late=3.0, pending_first=True, windows_1252=True
    )


def test_two_messages_about_one_thing_are_two(pal: PayPalStandin) -> None:
    paid = pal.pay_link(monthly(pal))
    pal.renew(paid)
    tracks = {fields(body)["ipn_track_id"] for body in pal.ipns}
    assert len(tracks) == len(pal.ipns)
    assert last(pal)["payer_id"] == fields(pal.ipns[0])["payer_id"]
