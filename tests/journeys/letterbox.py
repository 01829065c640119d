"""The mail that the trial wrote into files."""

from dataclasses import dataclass, field
from email import message_from_bytes
from email.message import EmailMessage
from email.policy import default
from pathlib import Path

from tests.journeys.waiting import until


def plain(text: str) -> str:
    """As eyes see it: a space that does not break is a space."""
    return text.replace("\N{NO-BREAK SPACE}", " ").strip()


@dataclass(frozen=True)
class Letter:
    """What a reader gets in one mail."""

    subject: str
    text: str
    html: str
    headers: dict[str, str] = field(default_factory=dict)

    @property
    def parts(self) -> tuple[str, str]:
        """What is read, whichever part the mail program shows."""
        return plain(self.text), plain(self.html)

    @classmethod
    def read(cls, path: Path) -> "tuple[str, Letter]":
        message = message_from_bytes(path.read_bytes(), policy=default)
        assert isinstance(message, EmailMessage)
        text, html = (cls._part(message, kind) for kind in ("plain", "html"))
        headers = {name: str(value) for name, value in message.items()}
        return headers["To"], cls(plain(headers["Subject"]), text, html, headers)

    @staticmethod
    def _part(message: EmailMessage, kind: str) -> str:
        part = message.get_body((kind,))
        assert part is not None
        return str(part.get_content())


@dataclass(frozen=True)
class Letterbox:
    folder: Path

    def to(self, address: str) -> list[Letter]:
        """Everything that came to this address, oldest first."""
        letters = [Letter.read(path) for path in sorted(self.folder.glob("*.eml"))]
        return [letter for to, letter in letters if to == address]

    def wait_for(self, address: str, *, number: int = 1) -> Letter:
        """The last one, once there are as many."""

        def come() -> list[Letter]:
            found = self.to(address)
            return found if len(found) >= number else []

        return until(come, f"no mail number {number} to {address}")[-1]
