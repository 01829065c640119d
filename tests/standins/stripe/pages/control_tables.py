"""The tables of the control page, each row with its buttons."""

from datetime import UTC, datetime

from ...common.html import button, e, table
from ..controls import Controls
from ..money import plain
from ..obj import Obj
from ..world import World
from .control_payouts import payouts

_SHOWN = 30


def tables(controls: Controls) -> str:
    world = controls.world
    return "".join(
        (
            _clock(world),
            _sessions(world),
            _subscriptions(world),
            _charges(world),
            _refunds(world),
            _disputes(world),
            payouts(world),
            _webhooks(controls),
        )
    )


def _newest(world: World, kind: str) -> list[Obj]:
    return world.newest_first(kind)[:_SHOWN]


def _money(obj: Obj, name: str = "amount") -> str:
    return f'<span class="right">{e(plain(obj[name], obj["currency"]))}</span>'


def _id(ident: str) -> str:
    short = ident if len(ident) < 34 else f"{ident[:18]}…{ident[-6:]}"
    return f'<code title="{e(ident)}">{e(short)}</code>'


def _time(at: int) -> str:
    return e(datetime.fromtimestamp(at, UTC).strftime("%Y-%m-%d %H:%M"))


def _clock(world: World) -> str:
    buttons = button("advance", "", "+1 day", value="1") + button(
        "advance", "", "+31 days", value="31"
    )
    buttons += button("run_due", "", "Do what is due")
    return table("Clock", ["now (UTC)", ""], [[_time(world.now), buttons]], "")


def _sessions(world: World) -> str:
    rows = []
    for one in _newest(world, "checkout.session"):
        buttons = ""
        if one["status"] == "open":
            buttons = f'<a href="{e(one["url"])}">Pay page</a> ' + button(
                "expire", one["id"], "Expire"
            )
        elif one["status"] == "complete" and one["payment_status"] == "unpaid":
            buttons = button("settle_delayed", one["id"], "Money came", value="succeeded")
            buttons += button("settle_delayed", one["id"], "Debit failed", value="failed")
        states = f"{e(one['status'])}, {e(one['payment_status'])}"
        rows.append([_id(one["id"]), e(one["mode"]), _money(one, "amount_total"), states, buttons])
    heads = ["session", "mode", "amount", "status", ""]
    return table("Checkout sessions", heads, rows, "Sessions created through the API appear here.")


def _subscriptions(world: World) -> str:
    rows = []
    for sub in _newest(world, "subscription"):
        item = sub["items"]["data"][0]
        price = item["price"]
        amount = (
            f"{plain(price['unit_amount'], sub['currency'])} / {price['recurring']['interval']}"
        )
        period = f"{_time(item['current_period_start'])} to {_time(item['current_period_end'])}"
        buttons = "" if sub["status"] == "canceled" else _subscription_buttons(sub)
        rows.append([_id(sub["id"]), e(amount), _state(sub), period, buttons])
    heads = ["subscription", "amount", "status", "period", ""]
    return table("Subscriptions", heads, rows, "Paid sessions in subscription mode appear here.")


def _state(sub: Obj) -> str:
    words = [sub["status"]]
    if sub["pause_collection"]:
        words.append("collecting paused")
    if sub["cancel_at"]:
        words.append("set to end")
    return e(", ".join(words))


def _subscription_buttons(sub: Obj) -> str:
    ident = sub["id"]
    paused = (
        button("resume", ident, "Resume")
        if sub["pause_collection"]
        else button("pause", ident, "Pause")
    )
    ends = "false" if sub["cancel_at"] else "true"
    return "".join(
        (
            button("renew", ident, "Renew"),
            button("fail_renewal", ident, "Fail a renewal"),
            button("fail_renewal", ident, "Renewal asks for 3-D Secure", value="asks"),
            button("fail_renewal", ident, "Fail for the last time", value="final"),
            paused,
            button("cancel", ident, "Cancel now"),
            button(
                "cancel_at_period_end",
                ident,
                "Keep" if ends == "false" else "Cancel at period end",
                value=ends,
            ),
        )
    )


def _charges(world: World) -> str:
    rows = []
    for one in _newest(world, "charge"):
        left = one["amount_captured"] - one["amount_refunded"]
        states = [one["status"]] + [word for word in ("refunded", "disputed") if one[word]]
        buttons = _charge_buttons(one, left) if one["status"] == "succeeded" else ""
        refunded = e(plain(one["amount_refunded"], one["currency"]))
        rows.append([_id(one["id"]), _money(one), refunded, e(", ".join(states)), buttons])
    return table("Charges", ["charge", "amount", "refunded", "status", ""], rows, "No charge yet.")


def _charge_buttons(charge: Obj, left: int) -> str:
    ident, buttons = charge["id"], ""
    if left:
        buttons += button("refund", ident, "Refund all")
        buttons += button("refund", ident, "Refund all, pending", value=":pending")
    if left > 1:
        buttons += button("refund", ident, "Refund half", value=str(left // 2))
    buttons += button("open_dispute", ident, "Dispute")
    return buttons + button("open_dispute", ident, "Inquiry", value="inquiry")


def _refunds(world: World) -> str:
    rows = []
    for one in _newest(world, "refund"):
        buttons = ""
        if one["status"] == "pending":
            buttons = button("complete_refund", one["id"], "Complete")
        if one["status"] in ("pending", "succeeded"):
            buttons += button("fail_refund", one["id"], "Fail")
        rows.append([_id(one["id"]), _money(one), e(one["status"]), buttons])
    return table("Refunds", ["refund", "amount", "status", ""], rows, "No refund yet.")


def _disputes(world: World) -> str:
    rows = []
    for one in _newest(world, "dispute"):
        ident, buttons = one["id"], ""
        if one["status"] in ("warning_needs_response", "warning_under_review"):
            buttons = button("close_dispute", ident, "Close inquiry", value="warning_closed")
        elif one["status"] in ("needs_response", "under_review"):
            buttons = button("answer_dispute", ident, "Send evidence")
            buttons += button("close_dispute", ident, "Win", value="won")
            buttons += button("close_dispute", ident, "Lose", value="lost")
        rows.append([_id(ident), _money(one), e(one["status"]), buttons])
    return table("Disputes", ["dispute", "amount", "status", ""], rows, "No dispute yet.")


def _webhooks(controls: Controls) -> str:
    heads = ["event", "type", "attempts", "answer", ""]
    rows = [_webhook(controls, event) for event in _newest(controls.world, "event")]
    held = len(controls.courier.held)
    release = button("release", "", f"Release {held} held") if held else ""
    return table("Webhooks", heads, rows, "Events appear here.") + release


def _webhook(controls: Controls, event: Obj) -> list[str]:
    attempts = [one for one in controls.courier.attempts if one.event_id == event["id"]]
    result = '<span class="soft">pending</span>'
    if attempts:
        last = attempts[-1]
        kind = "good" if last.ok else "bad"
        result = f'<span class="{kind}">{e(last.status or last.error)}</span>'
    elif event["id"] in controls.world.hidden:
        result = '<span class="soft">dropped</span>'
    elif controls.courier.url is None:
        result = '<span class="soft">not sent</span>'
    again = button("resend", event["id"], "Send again")
    return [_id(event["id"]), e(event["type"]), str(len(attempts)), result, again]
