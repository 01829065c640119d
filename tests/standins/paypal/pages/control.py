"""The control page: make happen what in reality takes months, banks or bad luck."""

from collections.abc import Callable

from ...common.html import e
from ..controls import Controls
from ..manners import Manners
from ..verifier import MODES
from . import answer
from .answer import PageAnswer
from .control_tables import tables
from .pay import Form

_ACTIONS: dict[str, Callable[[Controls, str, str], object]] = {
    "clear": lambda c, i, v: c.clear(i),
    "deny": lambda c, i, v: c.deny(i, v or "Denied"),
    "refund": lambda c, i, v: c.refund(i, v or None),
    "reverse": lambda c, i, v: c.reverse(i, v or "chargeback"),
    "cancel_reversal": lambda c, i, v: c.cancel_reversal(i),
    "open_case": lambda c, i, v: c.open_case(i, v or "chargeback"),
    "adjust": lambda c, i, v: c.adjust(i),
    "release_hold": lambda c, i, v: c.release_hold(i),
    "renew": lambda c, i, v: c.renew(i),
    "fail": lambda c, i, v: c.fail(i),
    "modify": lambda c, i, v: c.modify(i, v),
    "cancel": lambda c, i, v: c.cancel(i),
    "end": lambda c, i, v: c.end(i),
    "masspay": lambda c, i, v: c.masspay(),
    "buy": lambda c, i, v: c.buy(),
    "withdraw": lambda c, i, v: c.withdraw(),
    "release": lambda c, i, v: c.release(),
    "resend": lambda c, i, v: c.resend(int(i), marked=v == "marked"),
    "advance": lambda c, i, v: c.advance(days=float(v)),
}  # fmt: skip
_LABELS = {
    "twice": "twice",
    "reversed": "last first",
    "out_of_order": "out of order",
    "pending_first": "pending first",
    "windows_1252": "windows-1252",
    "hold": "hold",
    "drop": "never",
}


def submit(controls: Controls, form: Form) -> PageAnswer:
    action = form.get("action", "")
    if action == "manners":
        controls.behave(_read_manners(form))
        if form.get("verifier") in MODES:
            controls.verifier.mode = form["verifier"]
    elif action in _ACTIONS:
        _ACTIONS[action](controls, form.get("id", ""), form.get("value", ""))
    else:
        return answer.message("Unknown action", e(action), status=400)
    return answer.see_other("/control/")


def _read_manners(form: Form) -> Manners:
    words = [name for name in _LABELS if name in form]
    late = form.get("late", "").strip()
    return Manners.parse(",".join([*words, f"late={late}"] if late else words))


def show(controls: Controls) -> PageAnswer:
    with controls.world.lock:
        body = "<h1>Control page</h1>" + _manners(controls) + tables(controls)
    return answer.page("Control page", body, wide=True)


def _manners(controls: Controls) -> str:
    manners = controls.world.manners
    boxes = "".join(
        f'<label class="choice"><input type="checkbox" name="{name}"'
        f"{' checked' if getattr(manners, name) else ''}> {label}</label>"
        for name, label in _LABELS.items()
    )
    late = f'<label class="choice">late by (s) <input name="late" value="{manners.late:g}"></label>'
    modes = "".join(
        f"<option{' selected' if mode == controls.verifier.mode else ''}>{mode}</option>"
        for mode in MODES
    )
    url = controls.world.notify_url or "the notify_url of each link alone"
    return f"""<section><h2>How messages (IPN) are delivered</h2><p class="soft">To {e(url)}</p>
<form method="post" action="/control/" class="manners">
<input type="hidden" name="action" value="manners">{boxes}{late}
<label class="choice">Verifier <select name="verifier">{modes}</select></label>
<button>Set</button></form></section>"""
