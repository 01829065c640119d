"""What may change about topics."""

from donations.topics.images import MAX_UPLOAD, NotAPicture
from donations.topics.operations.pictures import keep_picture
from donations.topics.operations.topics import (
    ChangedSince,
    Content,
    IsMailed,
    IsPublished,
    NoText,
    Text,
    create,
    delete,
    edit,
    publish,
    unpublish,
)

__all__ = [
    "MAX_UPLOAD",
    "ChangedSince",
    "Content",
    "IsMailed",
    "IsPublished",
    "NoText",
    "NotAPicture",
    "Text",
    "create",
    "delete",
    "edit",
    "keep_picture",
    "publish",
    "unpublish",
]
