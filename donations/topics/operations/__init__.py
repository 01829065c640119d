"""What may change about topics."""

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
    "ChangedSince",
    "Content",
    "IsMailed",
    "IsPublished",
    "NoText",
    "Text",
    "create",
    "delete",
    "edit",
    "publish",
    "unpublish",
]
