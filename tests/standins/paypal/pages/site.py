"""Which page answers which path."""

from urllib.parse import parse_qs, parse_qsl, urlsplit

from ...common.answer import from_here
from ...common.html import STYLE, e
from ..controls import Controls
from . import answer, control, pay, stop
from .answer import PageAnswer


class Site:
    def __init__(self, controls: Controls) -> None:
        self._controls = controls

    def answer(self, method: str, target: str, body: str, headers: dict[str, str]) -> PageAnswer:
        parts = urlsplit(target)
        path = parts.path
        if path == "/static/style.css":
            return PageAnswer(200, STYLE, {"Content-Type": "text/css; charset=utf-8"})
        if path in ("/", "/control"):
            return answer.see_other("/control/")
        if path == "/control/activity.csv":
            return _download(self._controls.activity_csv())
        if path == "/cgi-bin/webscr":
            # Old buttons are forms, newer ones are links; both open the same page.
            return self._open(path, parts.query or body)
        if path.startswith("/paypalme") or path.rstrip("/") == "/donate":
            return pay.show(self._controls, target)
        if method == "POST" and not from_here(headers):
            return answer.message("Refused", "This form was sent from another site.", status=403)
        return self._run(method, path, body)

    def _open(self, path: str, query: str) -> PageAnswer:
        if parse_qs(query).get("cmd") == ["_subscr-find"]:
            return stop.show(self._controls, query)
        return pay.show(self._controls, f"{path}?{query}")

    def _run(self, method: str, path: str, body: str) -> PageAnswer:
        form = dict(parse_qsl(body, keep_blank_values=True))
        posted = {"/standin/pay": pay.submit, "/standin/stop": stop.submit}
        posted["/control/"] = control.submit
        shown = {"/control/": control.show, "/standin/canceled": pay.canceled}
        try:
            if method == "POST" and path in posted:
                return posted[path](self._controls, form)
            if method == "GET" and path in shown:
                return shown[path](self._controls)
        except ValueError as error:
            link = '<p><a href="/control/">Control page</a></p>'
            return answer.message("That did not work", e(error), status=400, link=link)
        return answer.message("Not found", "There is no such page.", status=404)


def _download(body: bytes) -> PageAnswer:
    headers = {"Content-Type": "text/csv; charset=utf-8", "Cache-Control": "no-store"}
    return PageAnswer(
        200, body, headers | {"Content-Disposition": 'attachment; filename="Download.CSV"'}
    )
