"""Whatever is handed in as a picture becomes a small, upright JPEG, or a reason why not."""

import hashlib
import random
import struct
import zlib
from contextlib import suppress
from datetime import UTC, datetime
from io import BytesIO
from typing import Any

import pytest
from PIL import Image, ImageCms

from donations.models import Picture
from donations.topics import operations as topics
from donations.topics.images import LARGEST_BYTES, MAX_PIXELS_WHOLE, encoded

NOON = datetime(2026, 11, 20, 12, 0, tzinfo=UTC)
RED, BLUE = (255, 0, 0), (0, 0, 255)
SVG = (
    b'<?xml version="1.0"?><svg xmlns="http://www.w3.org/2000/svg"><script>alert(1)</script></svg>'
)


def drawn(mode: str = "RGB", size: tuple[int, int] = (40, 20)) -> Image.Image:
    """Red on the left, blue on the right."""
    image = Image.new("RGB", size, RED)
    image.paste(BLUE, (size[0] // 2, 0, *size))
    return image.convert(mode)


def saved(image: Image.Image, kind: str = "JPEG", **how: Any) -> bytes:
    kept = BytesIO()
    image.save(kept, kind, **how)
    return kept.getvalue()


def taken(body: bytes) -> Image.Image:
    """What is made of it, opened again."""
    made = encoded(BytesIO(body), size=len(body))
    image = Image.open(BytesIO(made.data))
    assert (image.format, image.mode) == ("JPEG", "RGB")
    assert image.size == (made.width, made.height)
    assert len(made.data) <= LARGEST_BYTES
    assert max(image.size) <= 1600
    return image


def refused(body: bytes) -> str:
    with pytest.raises(topics.NotAPicture) as told:
        encoded(BytesIO(body), size=len(body))
    return told.value.reason


def near(pixel: Any, wanted: tuple[int, int, int], by: int = 40) -> bool:
    return all(abs(one - other) <= by for one, other in zip(pixel, wanted, strict=True))


@pytest.mark.parametrize("kind", ["JPEG", "PNG", "WEBP"])
def test_it_works(kind: str) -> None:
    image = taken(saved(drawn(), kind))
    assert image.size == (40, 20)
    assert near(image.getpixel((5, 10)), RED)
    assert near(image.getpixel((34, 10)), BLUE)


@pytest.mark.parametrize("mode", ["1", "L", "LA", "P", "RGBA", "I;16"])
def test_every_mode_of_a_png(mode: str) -> None:
    if mode == "I;16":
        grey = Image.new("I;16", (4, 4), 65535)
        assert near(taken(saved(grey, "PNG")).getpixel((1, 1)), (255, 255, 255))
    else:
        assert taken(saved(drawn(mode), "PNG")).size == (40, 20)


def test_the_colours_of_print() -> None:
    image = taken(saved(drawn("CMYK")))
    assert near(image.getpixel((5, 10)), RED)
    assert near(image.getpixel((34, 10)), BLUE)


def test_what_shines_through_stands_on_white() -> None:
    glass = Image.new("RGBA", (10, 10), (0, 0, 0, 0))
    assert near(taken(saved(glass, "PNG")).getpixel((5, 5)), (255, 255, 255))
    palette = drawn("P")
    assert taken(saved(palette, "PNG", transparency=palette.getpixel((0, 0)))).getpixel((2, 2)) == (
        255,
        255,
        255,
    )


@pytest.mark.parametrize("profile", ["sRGB", "nonsense"])
def test_a_colour_profile_is_applied_or_passed_over(profile: str) -> None:
    icc = b"nonsense"
    if profile == "sRGB":
        icc = ImageCms.ImageCmsProfile(ImageCms.createProfile("sRGB")).tobytes()
    for kind, mode in (("JPEG", "RGB"), ("PNG", "RGBA"), ("JPEG", "L")):
        body = saved(drawn(mode), kind, icc_profile=icc)
        assert taken(body).info.get("icc_profile") is None


def test_as_it_was_held_and_without_a_word_of_where() -> None:
    exif = Image.Exif()
    exif[0x0112] = 6  # Turned by a quarter.
    exif[0x010F] = "SecretCamera"
    exif.get_ifd(0x8825)[1] = "N"
    body = saved(drawn(), exif=exif)
    assert b"SecretCamera" in body
    image = taken(body)
    assert image.size == (20, 40)
    assert not image.getexif()
    assert near(image.getpixel((10, 5)), RED)


def test_a_large_one_is_made_small() -> None:
    noise = Image.effect_noise((4000, 3000), 120).convert("RGB")
    image = taken(saved(noise, quality=50))
    assert image.width / image.height == pytest.approx(4 / 3, abs=0.01)


def test_a_long_thin_one() -> None:
    assert taken(saved(drawn(size=(12000, 2)), "PNG")).size == (1600, 1)


def test_a_telephone_s_picture_with_a_second_frame() -> None:
    body = saved(drawn(), "MPO", save_all=True, append_images=[drawn()])
    assert taken(body).size == (40, 20)


@pytest.mark.parametrize("kind", ["PNG", "WEBP"])
def test_one_that_moves(kind: str) -> None:
    body = saved(drawn(), kind, save_all=True, append_images=[Image.new("RGB", (40, 20), BLUE)])
    assert refused(body) == "moving"


@pytest.mark.parametrize(
    ("body", "reason"),
    [
        (b"", "other"),
        (b"only a text", "other"),
        (b"<html><body>Sign in</body></html>", "other"),
        (b"%PDF-1.7", "other"),
        (SVG, "svg"),
        (b"\xef\xbb\xbf  <svg>", "svg"),
        (b"\x00\x00\x00\x18ftypheic\x00\x00", "heic"),
        (b"\x00\x00\x00\x18ftypavif\x00\x00", "heic"),
        (b"\xff\xd8\xff\xe0 half of it", "broken"),
        (b"\x89PNG\r\n\x1a\n", "broken"),
        (b"RIFF\x00\x00\x00\x00WEBPVP8 ", "broken"),
    ],
)
def test_what_is_none(body: bytes, reason: str) -> None:
    assert refused(body) == reason


def test_a_gif() -> None:
    moving = saved(drawn(), "GIF", save_all=True, append_images=[drawn("L")])
    assert refused(moving) == "gif"
    assert refused(saved(drawn(), "GIF")) == "gif"


def test_half_of_a_picture() -> None:
    for kind in ("JPEG", "PNG", "WEBP"):
        body = saved(Image.effect_noise((300, 300), 90).convert("RGB"), kind)
        assert refused(body[: len(body) // 2]) == "broken"


def test_too_large_is_not_even_opened() -> None:
    with pytest.raises(topics.NotAPicture, match="too_large"):
        encoded(BytesIO(b""), size=30 * 1024**2)


def chunk(kind: bytes, data: bytes) -> bytes:
    return struct.pack(">I", len(data)) + kind + data + struct.pack(">I", zlib.crc32(kind + data))


def bomb(width: int, height: int) -> bytes:
    """A few kilobytes that say they are a picture of this size."""
    head = struct.pack(">IIBBBBB", width, height, 8, 2, 0, 0, 0)
    rows = zlib.compress(b"\0" * 100_000, 9)
    return b"\x89PNG\r\n\x1a\n" + chunk(b"IHDR", head) + chunk(b"IDAT", rows) + chunk(b"IEND", b"")


@pytest.mark.parametrize("side", [int(MAX_PIXELS_WHOLE**0.5) + 1, 12_000, 60_000, 2_000_000_000])
def test_a_bomb(side: int) -> None:
    assert refused(bomb(side, side)) == "too_many_pixels"


def test_a_text_chunk_that_swells() -> None:
    text = b"Comment\0\0" + zlib.compress(b"x" * 80 * 1024**2, 9)
    whole = saved(drawn(), "PNG")
    at = whole.index(b"IDAT") - 4
    assert refused(whole[:at] + chunk(b"zTXt", text) + whole[at:]) == "broken"


@pytest.mark.parametrize("kind", ["JPEG", "PNG", "WEBP"])
def test_whatever_is_broken_has_a_reason(kind: str) -> None:
    whole, dice = saved(drawn(size=(64, 64)), kind), random.Random(4)
    for _each in range(300):
        body = bytearray(whole)
        for _hit in range(dice.randint(1, 12)):
            body[dice.randrange(len(body))] = dice.randrange(256)
        with suppress(topics.NotAPicture):
            encoded(BytesIO(bytes(body)), size=len(body))


@pytest.mark.django_db
def test_the_same_picture_the_second_time_is_one_row() -> None:
    body = saved(drawn())
    first, second = (
        topics.keep_picture(upload=BytesIO(body), size=len(body), at=NOON) for _twice in range(2)
    )
    kept = Picture.objects.get()
    assert first == second == kept
    assert kept.digest == hashlib.sha256(bytes(kept.data)).hexdigest()
    assert (kept.width, kept.height, kept.content_type) == (40, 20, "image/jpeg")
