"""What a reader asks for in the form."""

import hashlib
import json
import secrets
from dataclasses import asdict, dataclass, field

from donations.money import Money


@dataclass(frozen=True, kw_only=True)
class Wish:
    """A validated form. `consents` maps a purpose to the wording that was agreed to."""

    money: Money
    interval: str
    method: str
    email: str
    language: str
    name: str = ""
    message: str = ""
    public: bool = False
    article_url: str = ""
    article_title: str = ""
    utm_source: str = ""
    utm_medium: str = ""
    utm_campaign: str = ""
    consents: dict[str, str] = field(default_factory=dict)

    def fingerprint(self) -> str:
        """The same wish has the same fingerprint, so a double click is found out.

        Without an address two readers may wish the same: each is a wish of its own.
        """
        if not self.email:
            return secrets.token_hex(32)
        canonical = json.dumps(asdict(self), sort_keys=True, ensure_ascii=False)
        return hashlib.sha256(canonical.encode()).hexdigest()
