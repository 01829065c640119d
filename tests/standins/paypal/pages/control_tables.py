"""The tables of the control page, each row with its buttons."""

from datetime import UTC, datetime

from ...common.html import button, e, table
from ..acts.giving_back import left
from ..controls import Controls
from ..state import Message, Subscription, Transaction
from ..world import World

_SHOWN = 30


def tables(controls: Controls) -> str:
    world = controls.world
    return "".join(
        (_account(world), _subscriptions(world), _transactions(world), _messages(controls))
    )


def _time(at: int) -> str:
    return e(datetime.fromtimestamp(at, UTC).strftime("%Y-%m-%d %H:%M"))


def _id(ident: str) -> str:
    return f"<code>{e(ident)}</code>"


def _money(amount: object, currency: str) -> str:
    return f'<span class="right">{e(amount)} {e(currency)}</span>'


def _account(world: World) -> str:
    buttons = button("advance", "", "+1 day", value="1")
    buttons += button("advance", "", "+31 days", value="31")
    buttons += button("masspay", "", "Pay an author") + button("buy", "", "Buy something")
    buttons += button("withdraw", "", "Withdraw to the bank")
    buttons += '<a href="/control/activity.csv" download>Activity file (CSV)</a>'
    rows = [[e(world.settings.business), _time(world.now), buttons]]
    return table("Account", ["e-mail", "now (UTC)", ""], rows, "")


def _subscriptions(world: World) -> str:
    newest = list(reversed(world.subscriptions.values()))[:_SHOWN]
    rows = [_subscription(sub) for sub in newest]
    heads = ["subscription", "payer", "amount", "status", "next", ""]
    return table("Subscriptions", heads, rows, "Paid subscription links appear here.")


def _subscription(sub: Subscription) -> list[str]:
    amount = f"{_money(sub.amount, sub.currency)} / {sub.count} {sub.unit}"
    cells = [_id(sub.id), e(sub.payer.email), amount, e(sub.status), _time(sub.next_at)]
    return [*cells, _subscription_buttons(sub)]


def _subscription_buttons(sub: Subscription) -> str:
    buttons = "" if sub.status == "ended" else button("end", sub.id, "End of term")
    if sub.status != "active":
        return buttons
    buttons += button("renew", sub.id, "Renew") + button("fail", sub.id, "Fail a renewal")
    buttons += button("modify", sub.id, "Double the amount", value=str(sub.amount * 2))
    return buttons + button("cancel", sub.id, "Cancel")


def _transactions(world: World) -> str:
    newest = list(reversed(world.transactions.values()))[:_SHOWN]
    rows = [_transaction(world, txn) for txn in newest]
    heads = ["transaction", "kind", "amount", "fee", "payer", "status", "about", ""]
    return table("Transactions", heads, rows, "Nothing was paid yet.")


def _transaction(world: World, txn: Transaction) -> list[str]:
    amount, about = _money(txn.gross, txn.currency), txn.parent or txn.sub
    cells = [_id(txn.id), e(txn.kind), amount, e(txn.fee), e(txn.payer.email), e(txn.status)]
    return [*cells, _id(about) if about else "", _transaction_buttons(world, txn)]


def _transaction_buttons(world: World, txn: Transaction) -> str:
    ident, buttons = txn.id, ""
    if txn.status == "Pending":
        return button("clear", ident, "The bank paid") + button("deny", ident, "It did not")
    if txn.parent or txn.gross < 0 or txn.status != "Completed":
        return buttons
    if left(world, txn) > 0:
        buttons += button("refund", ident, "Refund all")
        buttons += button("refund", ident, "Refund 1", value="1")
        buttons += button("reverse", ident, "Reverse") + button("open_case", ident, "Open a case")
        buttons += button("adjust", ident, "Settle against us")
    if len(world.about(txn, "reversal")) > len(world.about(txn, "canceled_reversal")):
        buttons += button("cancel_reversal", ident, "Cancel the reversal")
    if len(world.about(txn, "hold")) > len(world.about(txn, "release")):
        buttons += button("release_hold", ident, "Close the case")
    return buttons


def _messages(controls: Controls) -> str:
    heads = ["message", "kind", "about", "attempts", "answer", "asked", ""]
    newest = controls.world.messages[::-1][:_SHOWN]
    rows = [_message(controls, message) for message in newest]
    held = len(controls.courier.held)
    release = button("release", "", f"Release {held} held") if held else ""
    return table("Messages (IPN)", heads, rows, "Messages appear here.") + release


def _message(controls: Controls, message: Message) -> list[str]:
    attempts = list(controls.courier.attempts_of(message))
    result = '<span class="soft">pending</span>'
    if attempts:
        last = attempts[-1]
        kind = "good" if last.status == 200 else "bad"
        result = f'<span class="{kind}">{e(last.status or last.error)}</span>'
    elif message.dropped or not message.url:
        result = '<span class="soft">not sent</span>'
    elif message.delivered:
        result = '<span class="good">delivered</span>'
    number, asked = str(message.number), controls.verifier.asked[message.body.encode()]
    again = button("resend", number, "Send again")
    again += button("resend", number, "Send again, marked", value="marked")
    cells = [number, e(message.kind), _id(message.about), str(len(attempts)), result]
    return [*cells, str(asked), again]
