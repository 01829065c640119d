"""Pictures are taken in."""

import hashlib
from datetime import datetime
from typing import BinaryIO

from donations.topics.images import encoded
from donations.topics.models import Picture


def keep_picture(*, upload: BinaryIO, size: int, at: datetime) -> Picture:
    """Make it anew and keep that; the same picture is one row. Raises `NotAPicture`."""
    made = encoded(upload, size=size)
    picture, _is_new = Picture.objects.get_or_create(
        digest=hashlib.sha256(made.data).hexdigest(),
        defaults={
            "content_type": made.content_type,
            "data": made.data,
            "width": made.width,
            "height": made.height,
            "created_at": at,
        },
    )
    return picture
