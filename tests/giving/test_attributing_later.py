"""What is told or comes after staff have decided whose a gift is."""

import pytest

from donations.giving import operations as giving
from donations.giving import queries
from donations.giving.models import Attribution, Donation, Pledge
from donations.outbox.models import Message
from donations.supporters.models import Supporter, User
from tests.giving.deciding import AT, LATER, decide, fresh
from tests.paypalroom import PayPalRoom


class TestLaterNews:
    """The provider tells of the pledge after staff have decided: a file came first."""

    @pytest.fixture
    def told(self, paypal_room: PayPalRoom) -> Donation:
        paypal_room.happen("donate_completed", custom="", memo="")
        return Donation.objects.get()

    def tell(self, room: PayPalRoom) -> None:
        room.happen("donate_completed")

    def test_the_choice_of_staff_stands_and_the_article_is_known(
        self, told: Donation, pledge: Pledge, ion: Supporter, editor: User, paypal_room: PayPalRoom
    ) -> None:
        giving.attach(donation=told, supporter=ion, by=editor, at=AT)
        self.tell(paypal_room)

        assert fresh(told).supporter == ion
        assert (fresh(told).pledge, fresh(told).article) == (pledge, pledge.article)
        assert paypal_room.letters() == ["thanks"]
        paypal_room.check_books()

    def test_undone_it_is_of_whom_the_pledge_says(
        self, told: Donation, pledge: Pledge, ion: Supporter, editor: User, paypal_room: PayPalRoom
    ) -> None:
        decision = giving.attach(donation=told, supporter=ion, by=editor, at=AT)
        self.tell(paypal_room)
        giving.undo(attribution=decision, by=editor, at=LATER)

        supporter = fresh(told).supporter
        assert supporter is not None
        assert supporter.email == "ana@example.org"
        assert list(queries.unattributed()) == []

    def test_what_was_left_alone_is_found(
        self, told: Donation, pledge: Pledge, editor: User, paypal_room: PayPalRoom
    ) -> None:
        giving.leave(donation=told, by=editor, at=AT)
        self.tell(paypal_room)

        assert fresh(told).pledge == pledge
        assert fresh(told).supporter is not None

    def test_what_staff_found_out_is_told_too(
        self, told: Donation, pledge: Pledge, editor: User, paypal_room: PayPalRoom
    ) -> None:
        giving.attach_to_pledge(donation=told, pledge=pledge, by=editor, at=AT)
        self.tell(paypal_room)

        assert fresh(told).pledge == pledge
        assert Attribution.objects.count() == 1
        assert paypal_room.letters() == ["confirm_topics", "thanks"]


class TestAgreements:
    """What is decided about one instalment holds for those that follow."""

    @pytest.fixture
    def instalment(self, paypal_room: PayPalRoom) -> Donation:
        paypal_room.happen("subscr_payment_1", custom="")
        return Donation.objects.get()

    def follow(self, room: PayPalRoom) -> Donation:
        room.happen("subscr_payment_2", custom="")
        return Donation.objects.latest("received_at")

    def test_the_next_instalment_is_theirs_too(
        self, instalment: Donation, ion: Supporter, editor: User, paypal_room: PayPalRoom
    ) -> None:
        giving.attach(donation=instalment, supporter=ion, by=editor, at=AT)
        assert self.follow(paypal_room).supporter == ion
        assert Message.objects.latest("pk").to == "ion@example.org"

    @pytest.mark.parametrize("act", ["attach", "create", "pledge"])
    def test_after_an_undo_it_is_nobodys(
        self,
        instalment: Donation,
        ion: Supporter,
        pledge: Pledge,
        editor: User,
        paypal_room: PayPalRoom,
        act: str,
    ) -> None:
        decision = decide(act, instalment, ion, pledge, editor)
        giving.undo(attribution=decision, by=editor, at=LATER)

        assert paypal_room.subscription().supporter is None
        assert self.follow(paypal_room).supporter is None

    def test_an_undo_leaves_what_others_have_decided(
        self, instalment: Donation, ion: Supporter, editor: User, paypal_room: PayPalRoom
    ) -> None:
        decision = giving.attach(donation=instalment, supporter=ion, by=editor, at=AT)
        second = self.follow(paypal_room)
        giving.undo(attribution=decision, by=editor, at=LATER)

        assert fresh(second).supporter == ion
        assert paypal_room.subscription().supporter == ion

    def test_a_pledge_that_is_told_later_leaves_the_choice_of_staff(
        self, instalment: Donation, ion: Supporter, editor: User, paypal_room: PayPalRoom
    ) -> None:
        giving.attach(donation=instalment, supporter=ion, by=editor, at=AT)
        paypal_room.promise("pledge-3", interval="month", amount_minor=500)
        paypal_room.happen("subscr_signup")

        assert paypal_room.subscription().supporter == ion
        assert fresh(instalment).supporter == ion
        assert self.follow(paypal_room).supporter == ion


class TestAllOfAPayer:
    """One decision about everything that somebody gave."""

    @pytest.fixture
    def others(self, gift: Donation, paypal_room: PayPalRoom) -> list[Donation]:
        for number in (7, 8):
            paypal_room.happen(
                "paypalme_send_money",
                txn_id=f"4AB0000{number}XX0000009",
                payer_email="Ana@Example.org",
            )
        return list(Donation.objects.exclude(pk=gift.pk).order_by("pk"))

    @pytest.mark.parametrize("act", ["attach", "create", "leave"])
    def test_all_are_decided_and_taken_back_together(
        self,
        gift: Donation,
        others: list[Donation],
        ion: Supporter,
        pledge: Pledge,
        editor: User,
        act: str,
    ) -> None:
        decision = decide(act, gift, ion, pledge, editor)
        assert giving.decide_alike(decision=decision, by=editor, at=LATER) == 2
        assert giving.decide_alike(decision=decision, by=editor, at=LATER) == 0
        assert list(queries.unattributed()) == []
        assert {fresh(each).supporter for each in others} == {decision.supporter}

        giving.undo(attribution=decision, by=editor, at=LATER)
        assert set(queries.unattributed()) == {gift, *others}
        assert list(Supporter.objects.all()) == [ion]

    def test_one_that_was_decided_anew_since_stays(
        self, gift: Donation, others: list[Donation], ion: Supporter, editor: User
    ) -> None:
        decision = giving.leave(donation=gift, by=editor, at=AT)
        giving.decide_alike(decision=decision, by=editor, at=AT)
        giving.undo(attribution=others[0].attributions.get(), by=editor, at=AT)
        giving.attach(donation=others[0], supporter=ion, by=editor, at=AT)
        giving.undo(attribution=decision, by=editor, at=LATER)

        assert fresh(others[0]).supporter == ion
        assert set(queries.unattributed()) == {gift, others[1]}
