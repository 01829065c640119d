"""The HTTP server: the verifier, and the pages."""

from urllib.parse import urlsplit

from ..common.server import LoopbackServer, PageHandler
from .pages.site import Site
from .verifier import PREFIX, Reply, Verifier

ELSEWHERE = "/elsewhere"


class Server(LoopbackServer):
    def __init__(self, port: int, site: Site, verifier: Verifier) -> None:
        self.site, self.verifier = site, verifier
        super().__init__(port, Handler)


class Handler(PageHandler):
    server: Server
    server_version = "PayPalStandin"

    def serve(self) -> None:
        body, path = self.read_body(), urlsplit(self.path).path
        headers = self.lower_headers
        try:
            if path == "/cgi-bin/webscr" and PREFIX[:-1] in body:
                self._reply(self.server.verifier.answer(body, headers))
            elif path == ELSEWHERE:
                self.server.verifier.followed += 1
                self.send(200, {"Content-Type": "text/plain"}, b"VERIFIED")
            else:
                form = body.decode("utf-8", "replace")
                self.send_page(self.server.site.answer(self.command, self.path, form, headers))
        except (BrokenPipeError, ConnectionResetError):
            self.close_connection = True

    def _reply(self, reply: Reply) -> None:
        if reply.how == "send":
            self.send(reply.status, reply.headers, reply.body)
        elif reply.how == "drip":
            self._drip(reply)
        else:
            if reply.how == "stall":
                self.server.verifier.wait(self.server.verifier.stall_seconds)
            self.hang_up()

    def _drip(self, reply: Reply) -> None:
        """A byte now and a byte then: a reader who only limits each read waits for all of them."""
        verifier = self.server.verifier
        self.close_connection = True
        self.send_response(reply.status)
        self.send_header("Connection", "close")
        self.end_headers()
        for letter in reply.body:
            self.wfile.write(bytes((letter,)))
            self.wfile.flush()
            if verifier.wait(verifier.drip_seconds):
                return
