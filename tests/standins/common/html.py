"""Small pieces of HTML; everything variable goes through `e`."""

from html import escape
from pathlib import Path

STYLE = (Path(__file__).parent / "style.css").read_bytes()


def e(value: object) -> str:
    return escape(str(value), quote=True)


def layout(title: str, body: str, *, provider: str, wide: bool = False) -> str:
    kind = "wide" if wide else "narrow"
    return f"""<!doctype html>
<html lang="en">
<head>
<meta charset="utf-8">
<meta name="viewport" content="width=device-width, initial-scale=1">
<meta name="robots" content="noindex">
<title>{e(title)} · {e(provider)} stand-in</title>
<link rel="stylesheet" href="/static/style.css">
<link rel="icon" href="data:,">
</head>
<body class="{kind}">
<header class="notice"><strong>{e(provider)} stand-in.</strong>
This page is for development and tests. No money moves.
Do not enter a real card or account.</header>
<main>
{body}
</main>
</body>
</html>
"""


def hidden(name: str, value: str) -> str:
    return f'<input type="hidden" name="{e(name)}" value="{e(value)}">'


def button(action: str, ident: str, label: str, *, value: str = "") -> str:
    """A form of one button for the control page."""
    fields = hidden("action", action) + hidden("id", ident) + hidden("value", value)
    text = f"{e(label)}<span class='hush'> {e(ident)}</span>"
    return f'<form method="post" action="/control/">{fields}<button>{text}</button></form>'


def table(caption: str, heads: list[str], rows: list[list[str]], empty: str) -> str:
    """Cells are HTML already."""
    if not rows:
        return f"<section><h2>{e(caption)}</h2><p class='empty'>{e(empty)}</p></section>"
    named = [e(name) if name else '<span class="hush">actions</span>' for name in heads]
    head = "".join(f'<th scope="col">{name}</th>' for name in named)
    body = "".join("<tr>" + "".join(f"<td>{cell}</td>" for cell in row) + "</tr>" for row in rows)
    scroll = f'<div class="scroll" role="region" aria-label="{e(caption)}" tabindex="0">'
    return (
        f"<section><h2>{e(caption)}</h2>{scroll}<table><thead><tr>{head}</tr></thead>"
        f"<tbody>{body}</tbody></table></div></section>"
    )
