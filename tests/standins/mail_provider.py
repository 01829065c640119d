"""The HTTP interfaces of mail providers, as far as they take one message and say yes or no."""

import threading
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from typing import Any, Self

YES: dict[str, tuple[int, str]] = {
    "brevo": (201, '{"messageId": "<1@relay.example>"}'),
    "mailgun": (200, '{"id": "<1@mg.example.org>", "message": "Queued. Thank you."}'),
    "mailjet": (
        200,
        (
            '{"Messages": [{"Status": "success", "To": [{"Email": "reader1@example.org",'
            ' "MessageID": 1, "MessageUUID": "1"}], "Cc": [], "Bcc": []}]}'
        ),
    ),
    "postmark": (
        200,
        (
            '{"To": "reader1@example.org", "SubmittedAt": "2026-05-01T09:30:00Z",'
            ' "MessageID": "1", "ErrorCode": 0, "Message": "OK"}'
        ),
    ),
    "resend": (200, '{"id": "1"}'),
    "sendgrid": (202, ""),
    "sparkpost": (
        200,
        '{"results": {"total_rejected_recipients": 0, "total_accepted_recipients": 1, "id": "1"}}',
    ),
}


class MailProvider:
    """`with MailProvider("postmark") as provider:` serves at `provider.url`."""

    def __init__(self, name: str) -> None:
        self.status, self.answer = YES[name]
        self.posted: list[str] = []

    def __enter__(self) -> Self:
        provider = self

        class Handler(BaseHTTPRequestHandler):
            def do_POST(self) -> None:
                length = int(self.headers.get("Content-Length", 0))
                provider.posted.append(self.rfile.read(length).decode())
                self.send_response(provider.status)
                self.send_header("Content-Type", "application/json")
                self.send_header("Content-Length", str(len(provider.answer)))
                self.end_headers()
                self.wfile.write(provider.answer.encode())

            def log_message(self, *args: Any) -> None:
                pass

        self.server = ThreadingHTTPServer(("127.0.0.1", 0), Handler)
        self.url = f"http://127.0.0.1:{self.server.server_address[1]}/"
        self.thread = threading.Thread(target=self.server.serve_forever, args=[0.01], daemon=True)
        self.thread.start()
        return self

    def __exit__(self, *error: object) -> None:
        self.server.shutdown()
        self.thread.join()
        self.server.server_close()
