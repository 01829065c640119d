"""The control page's table of payouts, and the buttons that make them."""

from ...common.html import button, e, table
from ..acts.payouts import ON_ITS_WAY, is_free, moves
from ..money import plain
from ..obj import Obj
from ..world import World

_SHOWN = 30


def payouts(world: World) -> str:
    rows = [_row(one) for one in world.newest_first("payout")[:_SHOWN]]
    found = table("Payouts", ["payout", "amount", "status", ""], rows, "No payout yet.")
    return found + _ways_out(world)


def _row(made: Obj) -> list[str]:
    ident, buttons = made["id"], ""
    if made["status"] in ON_ITS_WAY:
        buttons = button("send_payout", ident, "Send") if made["status"] == "pending" else ""
        buttons += button("complete_payout", ident, "Arrive")
    if made["status"] in (*ON_ITS_WAY, "paid"):
        buttons += button("fail_payout", ident, "Fail")
    if made["status"] == "pending" and not made["automatic"]:
        buttons += button("cancel_payout", ident, "Call off")
    amount = f'<span class="right">{e(plain(made["amount"], made["currency"]))}</span>'
    states = [made["status"], "automatic" if made["automatic"] else "by hand"]
    return [f"<code>{e(ident)}</code>", amount, e(", ".join(states)), buttons]


def _ways_out(world: World) -> str:
    sums: dict[str, int] = {}
    for move in moves(world):
        if is_free(world, move):
            sums[move["currency"]] = sums.get(move["currency"], 0) + move["net"]
    return "".join(
        button("pay_out", "", f"Pay out {plain(amount, currency)}", value=currency)
        + button(
            "pay_out_by_hand", "", f"Pay out {plain(amount, currency)} by hand", value=currency
        )
        for currency, amount in sorted(sums.items())
        if amount
    )
