"""A picture of anybody's making into one that is safe and small enough to show and to mail.

Always a JPEG without metadata: mail programs show nothing else as surely. What may be transparent
stands on white.
"""

import struct
from dataclasses import dataclass
from io import BytesIO
from typing import BinaryIO

from PIL import Image, ImageCms, ImageOps, UnidentifiedImageError

MEGABYTE = 1024**2
MAX_UPLOAD = 10 * MEGABYTE
# 50 megapixels: the largest that telephones make by themselves. The check reads the head alone.
# A JPEG is opened at a part of its size; the others are whole in memory for a moment.
MAX_PIXELS, MAX_PIXELS_WHOLE = 50_000_000, 25_000_000
LONGEST_SIDE, LARGEST_BYTES = 1600, 300_000
QUALITIES = (84, 76, 68, 60)
FORMATS = ("JPEG", "PNG", "WEBP")
BROKEN = (OSError, ValueError, SyntaxError, EOFError, struct.error, IndexError, TypeError)
TAKEN = (b"\xff\xd8\xff", b"\x89PNG", b"RIFF")


class NotAPicture(Exception):
    """Why it was not taken: `reason` is too_large, too_many_pixels, moving, broken or a kind."""

    def __init__(self, reason: str) -> None:
        super().__init__(reason)
        self.reason = reason


@dataclass(frozen=True, kw_only=True)
class Encoded:
    """A JPEG as it is shown."""

    data: bytes
    width: int
    height: int
    content_type: str = "image/jpeg"


def encoded(upload: BinaryIO, *, size: int) -> Encoded:
    """What was handed in, made anew. Raises `NotAPicture`."""
    if size > MAX_UPLOAD:
        raise NotAPicture("too_large")
    begins = upload.read(256)
    upload.seek(0)
    try:
        with Image.open(upload, formats=FORMATS) as image:
            return compressed(upright(image))
    except (Image.DecompressionBombError, Image.DecompressionBombWarning) as error:
        raise NotAPicture("too_many_pixels") from error
    except UnidentifiedImageError as error:
        raise NotAPicture(kind_of(begins)) from error
    except BROKEN as error:
        raise NotAPicture("broken") from error


def kind_of(begins: bytes) -> str:
    """Which of the usual mistakes it is; broken for a picture that we take, but not this one."""
    if begins.startswith(TAKEN):
        return "broken"
    if begins.startswith(b"GIF8"):
        return "gif"
    if begins[4:8] == b"ftyp":
        return "heic"
    return "svg" if b"<svg" in begins or b"<?xml" in begins else "other"


def upright(image: Image.Image) -> Image.Image:
    """In sRGB, turned as it was held, at most `LONGEST_SIDE` long, on white."""
    most = MAX_PIXELS_WHOLE if image.format in ("PNG", "WEBP") else MAX_PIXELS
    if image.width * image.height > most:
        raise NotAPicture("too_many_pixels")
    # A telephone's JPEG may hold further frames (MPO: a depth map); those are no motion.
    if image.format in ("PNG", "WEBP") and getattr(image, "n_frames", 1) > 1:
        raise NotAPicture("moving")
    image.draft("RGB", (LONGEST_SIDE, LONGEST_SIDE))
    small = eight_bit(image)
    small.thumbnail((LONGEST_SIDE, LONGEST_SIDE), Image.Resampling.LANCZOS, reducing_gap=3)
    return on_white(in_srgb(ImageOps.exif_transpose(small)))


def eight_bit(image: Image.Image) -> Image.Image:
    """In colours of eight bits each, without a palette."""
    if image.mode.startswith("I"):
        return image.convert("I").point(lambda value: value / 256).convert("L")
    if image.mode in ("RGB", "RGBA", "CMYK", "L") and not (
        image.mode == "RGB" and image.has_transparency_data
    ):
        return image
    return image.convert("RGBA" if image.has_transparency_data else "RGB")


def in_srgb(image: Image.Image) -> Image.Image:
    """As a screen without its profile shows it; a profile that is no profile is passed over."""
    mode = "RGBA" if image.mode == "RGBA" else "RGB"
    profile = image.info.get("icc_profile")
    if not profile:
        return image.convert(mode)
    try:
        own = ImageCms.ImageCmsProfile(BytesIO(profile))
        screen = ImageCms.createProfile("sRGB")
        converted = ImageCms.profileToProfile(image, own, screen, outputMode=mode)
    except (ImageCms.PyCMSError, OSError):
        return image.convert(mode)
    return converted or image.convert(mode)


def on_white(image: Image.Image) -> Image.Image:
    """Without what shines through."""
    if image.mode != "RGBA":
        return image
    white = Image.new("RGB", image.size, "white")
    white.paste(image, mask=image.getchannel("A"))
    return white


def compressed(image: Image.Image) -> Encoded:
    """As good as fits; what fits in no quality becomes smaller."""
    while True:
        for quality in QUALITIES:
            kept = BytesIO()
            image.save(kept, "JPEG", quality=quality, optimize=True, progressive=True)
            if kept.tell() <= LARGEST_BYTES:
                return Encoded(data=kept.getvalue(), width=image.width, height=image.height)
        image = image.resize(
            (max(1, image.width * 4 // 5), max(1, image.height * 4 // 5)), Image.Resampling.LANCZOS
        )
