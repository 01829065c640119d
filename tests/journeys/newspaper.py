"""A newspaper of somebody else: another origin, with as strict a policy as a page can have."""

import html
from dataclasses import dataclass, field
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from threading import Thread
from typing import Self

STYLES = """
body { max-width: 40rem; margin: 0 auto; padding: 1rem; font: 1.125rem/1.6 Georgia, serif; }
html { color-scheme: light dark; }
footnote-support { margin-block: 2rem; }
"""
PAGE = """<!DOCTYPE html>
<html lang="{lang}">
<head>
<meta charset="utf-8">
<meta name="viewport" content="width=device-width,initial-scale=1">
<title>{title} | The Other Paper</title>
<meta property="og:title" content="{title}">
<link rel="canonical" href="{canonical}">
<link rel="stylesheet" href="/paper.css">
</head>
<body>
<main>
<h1>{title}</h1>
<p>The first paragraph says what happened. The second says why it matters to you.</p>
{ask}
<p id="comments">What readers say</p>
</main>
</body>
</html>"""


@dataclass
class Newspaper:
    """`trusts` is the origin that its policy lets in, for scripts and frames."""

    trusts: str
    pages: dict[str, str] = field(default_factory=dict)
    server: ThreadingHTTPServer = field(init=False)

    def __post_init__(self) -> None:
        paper = self

        class Handler(BaseHTTPRequestHandler):
            def do_GET(self) -> None:
                path = self.path.partition("?")[0]
                text = STYLES if path == "/paper.css" else paper.pages.get(path)
                kind = "css" if path == "/paper.css" else "html"
                self.send_response(404 if text is None else 200)
                self.send_header("Content-Type", f"text/{kind}; charset=utf-8")
                self.send_header("Content-Security-Policy", paper.policy)
                self.end_headers()
                self.wfile.write((text or "").encode())

            def log_message(self, format: str, *args: object) -> None:  # noqa: A002
                """Nothing."""

        self.server = ThreadingHTTPServer(("127.0.0.1", 0), Handler)

    def __enter__(self) -> Self:
        Thread(target=self.server.serve_forever, daemon=True).start()
        return self

    def __exit__(self, *exc: object) -> None:
        self.server.shutdown()
        self.server.server_close()

    @property
    def url(self) -> str:
        return f"http://127.0.0.1:{self.server.server_port}"

    @property
    def policy(self) -> str:
        """No inline style or script, no form, no markup from text, nothing from elsewhere."""
        return (
            f"default-src 'none'; script-src {self.trusts}/embed/footer.js; style-src 'self'; "
            f"frame-src {self.trusts}; form-action 'none'; base-uri 'none'; "
            "require-trusted-types-for 'script'; trusted-types 'none'"
        )

    def prints(self, ask: str, *, path: str, title: str, lang: str = "en") -> str:
        """Publish an article with this ask at its end; answers the address that readers use."""
        self.pages[path] = PAGE.format(ask=ask, title=html.escape(title), canonical=path, lang=lang)
        return f"{self.url}{path}?utm_source=a-social-network"
