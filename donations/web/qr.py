"""Addresses as pictures for print and video."""

from io import BytesIO

import segno

QUIET_ZONE = 4  # ISO/IEC 18004 asks for four modules of white around the code.
PNG_MODULE = 16  # Pixels: large enough to print a hand's width without blur.
BLACK, WHITE = "#000", "#fff"


def svg(text: str) -> str:
    """A picture that fits any size, without styles, so that every policy for pages allows it."""
    out = BytesIO()
    _code(text).save(
        out,
        kind="svg",
        border=QUIET_ZONE,
        dark=BLACK,
        light=WHITE,
        xmldecl=False,
        omitsize=True,
        svgclass=None,
        lineclass=None,
        nl=False,
    )
    return out.getvalue().decode()


def png(text: str) -> bytes:
    """The same in pixels, for programs that take no SVG."""
    out = BytesIO()
    _code(text).save(out, kind="png", border=QUIET_ZONE, scale=PNG_MODULE, dark=BLACK, light=WHITE)
    return out.getvalue()


def _code(text: str) -> segno.QRCode:
    """Readable with a seventh of it lost; never a Micro code, which few phones read."""
    return segno.make(text, error="m", micro=False)
