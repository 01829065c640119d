"""Which page answers which path."""

import re
from urllib.parse import parse_qsl

from ...common.answer import from_here
from ...common.html import STYLE, e
from ..controls import Controls
from ..errors import ApiError
from . import answer, control, invoice, pay, portal
from .answer import PageAnswer

_ROUTES = (
    (re.compile(r"/pay/(cs_\w+)"), pay.show, pay.submit),
    (re.compile(r"/invoice/(in_\w+)"), invoice.show, invoice.submit),
    (re.compile(r"/portal/(bps_\w+)"), portal.show, portal.submit),
    (re.compile(r"/control/()"), control.show, control.submit),
)


class Site:
    def __init__(self, controls: Controls) -> None:
        self._controls = controls

    def answer(self, method: str, path: str, body: str, headers: dict[str, str]) -> PageAnswer:
        if path == "/static/style.css":
            return PageAnswer(200, STYLE, {"Content-Type": "text/css; charset=utf-8"})
        if path in ("/", "/control"):
            return answer.see_other("/control/")
        if method == "POST" and not from_here(headers):
            return answer.message("Refused", "This form was sent from another site.", status=403)
        for pattern, show, submit in _ROUTES:
            match = pattern.fullmatch(path)
            if match:
                return self._run(show, submit, method, match[1], body)
        return answer.message("Not found", "There is no such page.", status=404)

    def _run(
        self, show: control.Show, submit: control.Submit, method: str, ident: str, body: str
    ) -> PageAnswer:
        try:
            if method == "POST":
                form = dict(parse_qsl(body, keep_blank_values=True))
                return submit(self._controls, ident, form)
            return show(self._controls, ident)
        except (ApiError, ValueError) as error:
            link = '<p><a href="/control/">Control page</a></p>'
            return answer.message(
                "That did not work", e(error), status=getattr(error, "status", 400), link=link
            )
