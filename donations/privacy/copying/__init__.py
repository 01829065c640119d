"""All that is kept about one person, as one document."""

from donations.privacy.copying.document import SCHEMA, document

__all__ = ["SCHEMA", "document"]
