"""Fields into bytes, as PayPal's Java does it and Python does not."""

from collections.abc import Sequence
from urllib.parse import quote_plus

Pairs = Sequence[tuple[str, str]]


def encode(pairs: Pairs, charset: str) -> str:
    """A form body. The asterisk stays and the tilde does not, so re-encoding in Python differs."""
    return "&".join(f"{name}={_quoted(value, charset)}" for name, value in pairs)


def _quoted(value: str, charset: str) -> str:
    text = quote_plus(value, safe="*", encoding=charset, errors="replace")
    return text.replace("~", "%7E")
