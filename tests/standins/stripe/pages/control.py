"""The control page: make happen what in reality takes days, banks or bad luck."""

from collections.abc import Callable
from dataclasses import fields

from ...common.html import e
from ...common.manners import Manners
from ..controls import Controls
from . import answer
from .answer import PageAnswer
from .control_tables import tables

Show = Callable[[Controls, str], PageAnswer]
Submit = Callable[[Controls, str, dict[str, str]], PageAnswer]


def _refund(controls: Controls, ident: str, value: str) -> None:
    amount, _, status = value.partition(":")
    controls.refund(ident, int(amount) if amount else None, status or "succeeded")


_ACTIONS: dict[str, Callable[[Controls, str, str], object]] = {
    "expire": lambda c, i, v: c.expire(i),
    "settle_delayed": lambda c, i, v: c.settle_delayed(i, v == "succeeded"),
    "renew": lambda c, i, v: c.renew(i),
    "fail_renewal": lambda c, i, v: c.fail_renewal(i, v == "final", asks=v == "asks"),
    "pause": lambda c, i, v: c.pause(i),
    "resume": lambda c, i, v: c.resume(i),
    "cancel": lambda c, i, v: c.cancel(i),
    "cancel_at_period_end": lambda c, i, v: c.cancel_at_period_end(i, v == "true"),
    "refund": _refund,
    "complete_refund": lambda c, i, v: c.complete_refund(i),
    "fail_refund": lambda c, i, v: c.fail_refund(i),
    "open_dispute": lambda c, i, v: c.open_dispute(i, inquiry=v == "inquiry"),
    "answer_dispute": lambda c, i, v: c.answer_dispute(i),
    "close_dispute": lambda c, i, v: c.close_dispute(i, v),
    "pay_out": lambda c, i, v: c.pay_out(v or "eur"),
    "pay_out_by_hand": lambda c, i, v: c.pay_out(v or "eur", automatic=False),
    "send_payout": lambda c, i, v: c.send_payout(i),
    "complete_payout": lambda c, i, v: c.complete_payout(i),
    "fail_payout": lambda c, i, v: c.fail_payout(i),
    "cancel_payout": lambda c, i, v: c.cancel_payout(i),
    "release": lambda c, i, v: c.release(),
    "resend": lambda c, i, v: c.resend(i),
    "advance": lambda c, i, v: c.advance(days=float(v)),
    "run_due": lambda c, i, v: c.run_due(),
}  # fmt: skip


def submit(controls: Controls, ident: str, form: dict[str, str]) -> PageAnswer:
    action = form.get("action", "")
    if action == "manners":
        controls.courier.manners = _read_manners(form)
    elif action in _ACTIONS:
        _ACTIONS[action](controls, form.get("id", ""), form.get("value", ""))
    else:
        return answer.message("Unknown action", e(action), status=400)
    return answer.see_other("/control/")


def _read_manners(form: dict[str, str]) -> Manners:
    words = [name for name in ("twice", "out_of_order", "hold", "drop") if name in form]
    late = form.get("late", "").strip()
    return Manners.parse(",".join([*words, f"late={late}"] if late else words))


def show(controls: Controls, ident: str) -> PageAnswer:
    with controls.world.lock:
        body = "<h1>Control page</h1>" + _manners(controls) + tables(controls)
    return answer.page("Control page", body, wide=True)


def _manners(controls: Controls) -> str:
    manners = controls.courier.manners
    boxes = "".join(
        f'<label class="choice"><input type="checkbox" name="{name}"'
        f"{' checked' if getattr(manners, name) else ''}> {label}</label>"
        for name, label in _LABELS.items()
    )
    assert set(_LABELS) | {"late", "window"} == {field.name for field in fields(Manners)}
    late = f'<label class="choice">late by (s) <input name="late" value="{manners.late:g}"></label>'
    url = controls.courier.url or "nowhere (no webhook URL)"
    return f"""<section><h2>How webhooks are delivered</h2><p class="soft">To {e(url)}</p>
<form method="post" action="/control/" class="manners">
<input type="hidden" name="action" value="manners">{boxes}{late}
<button>Set</button></form></section>"""


_LABELS = {
    "twice": "twice",
    "out_of_order": "out of order",
    "hold": "hold",
    "drop": "drop",
}
