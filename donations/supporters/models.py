"""People: those who sign in, those who give, and what they said yes or no to."""

from collections.abc import Iterator
from datetime import datetime
from typing import Any, ClassVar

from django.contrib.auth.models import AbstractUser, BaseUserManager
from django.db import models
from django.db.models import Q

from donations.recounts.counted import Counted, CountedQuerySet, State
from donations.recounts.operations import About, Mark


class UserManager(BaseUserManager["User"]):
    """Makes users by e-mail; there is no user name."""

    use_in_migrations = True

    def create_user(self, email: str, password: str | None = None, **fields: Any) -> "User":
        """A person who may sign in; without a password none will ever match."""
        user = self.model(email=self.normalize_email(email).lower(), **fields)
        user.set_password(password)
        user.save(using=self._db)
        return user

    def create_superuser(self, email: str, password: str | None = None, **fields: Any) -> "User":
        """A member of staff with every right."""
        return self.create_user(email, password, is_staff=True, is_superuser=True, **fields)


class Role(models.TextChoices):
    """What a colleague does at the desk; what each may is in team/rights.py."""

    VIEWER = "viewer", "Viewer"
    EDITOR = "editor", "Editor"
    TREASURER = "treasurer", "Treasurer"
    ADMINISTRATOR = "administrator", "Administrator"


class User(AbstractUser):
    """A login, by e-mail: staff, and those supporters who want one."""

    username = None  # type: ignore[assignment]
    email = models.EmailField(unique=True)
    # Blank for supporters. A superuser is an administrator whatever stands here.
    role = models.CharField(max_length=13, choices=Role, blank=True)
    # What the desk speaks to them; blank: what the browser asks for.
    language = models.CharField(max_length=8, blank=True)
    # Nobody is written to who did not ask.
    wants_digest = models.BooleanField(default=False)

    USERNAME_FIELD = "email"
    REQUIRED_FIELDS: ClassVar[list[str]] = []
    objects: ClassVar[UserManager] = UserManager()  # type: ignore[assignment]


class SupporterQuerySet(CountedQuerySet["Supporter"]):
    """Which supporters."""

    def present(self) -> "SupporterQuerySet":
        """Those that were not merged into another record."""
        return self.filter(merged_into=None)


class PresentManager(models.Manager["Supporter"]):
    """Everybody who stands for themselves: what lists, searches and mailings are about."""

    def get_queryset(self) -> SupporterQuerySet:
        """Without the addresses that lead to another record."""
        return SupporterQuerySet(self.model, using=self._db).present()


class Supporter(Counted):
    """A person who gave or promised to give, found by normalised e-mail.

    One that was merged into another keeps its address, so that a later payment or link finds the
    one that stayed; it has nothing else, and `objects` does not know it.
    """

    email = models.EmailField(max_length=254, unique=True)
    name = models.CharField(max_length=200, blank=True)
    language = models.CharField(max_length=8)
    user = models.OneToOneField(
        "donations.User", on_delete=models.SET_NULL, null=True, blank=True, related_name="supporter"
    )
    created_at = models.DateTimeField()
    # Somebody who reads this mailbox followed a link that we sent there.
    proved_at = models.DateTimeField(null=True, blank=True)
    # The record that stayed, never one that was merged itself.
    merged_into = models.ForeignKey(
        "self", on_delete=models.PROTECT, null=True, blank=True, related_name="merged"
    )

    # What stands on the page of supporters; blank, as at first, for who is not shown there.
    public_name = models.CharField(max_length=80, blank=True)
    # Staff took it off that page.
    is_name_hidden = models.BooleanField(default=False)

    everybody: ClassVar[Any] = SupporterQuerySet.as_manager()
    objects: ClassVar[PresentManager] = PresentManager()  # type: ignore[assignment]

    class Meta:
        indexes = [
            models.Index(
                name="supporter_shown",
                fields=["public_name", "id"],
                condition=~Q(public_name="") & Q(is_name_hidden=False, merged_into=None),
            )
        ]

    UNCOUNTED: ClassVar = frozenset(
        {"email", "name", "language", "user", "proved_at", "public_name", "is_name_hidden"}
    )

    def __str__(self) -> str:
        return self.name or self.email

    @classmethod
    def marks_of(cls, state: State, *, is_new: bool) -> Iterator[Mark]:
        """Themselves."""
        yield About.SUPPORTER, state["pk"]

    @property
    def stayed(self) -> "Supporter":
        """Who stands for them: themselves, or whom they were merged into."""
        return self.merged_into or self

    def mark_proved(self, *, at: datetime) -> None:
        """The first proof stands."""
        if self.proved_at is None:
            self.proved_at = at
            self.save(update_fields=["proved_at"])


class Consent(models.Model):
    """A yes or a no, with the words that were shown. Only ever appended."""

    class Purpose(models.TextChoices):
        """What a supporter may agree to. Giving agrees to none of it."""

        TOPICS = "topics", "News about topics"
        NAME = "name", "Their name among the supporters"

    supporter = models.ForeignKey(Supporter, on_delete=models.CASCADE, related_name="consents")
    purpose = models.CharField(max_length=20, choices=Purpose)
    granted = models.BooleanField()
    wording = models.TextField()
    source = models.CharField(max_length=100)
    at = models.DateTimeField()

    def __str__(self) -> str:
        return f"{self.purpose}: {'yes' if self.granted else 'no'}"


class Forgotten(models.Model):
    """Somebody who was erased: a keyed digest of an address, or of a provider's customer.

    Nobody can read in it who it was; who is told of again is recognised by it.
    """

    digest = models.CharField(max_length=64, unique=True)
    at = models.DateTimeField()

    def __str__(self) -> str:
        return f"forgotten {self.pk}"


class AddressChangeQuerySet(models.QuerySet["AddressChange"]):
    """Filters, and the only doors through which one ends."""

    def waiting(self) -> "AddressChangeQuerySet":
        """Asked for, and neither confirmed nor called off."""
        return self.filter(confirmed_at=None, ended_at=None)

    def mark_confirmed(self, *, at: datetime) -> int:
        """The new mailbox answered; once."""
        return self.waiting().update(confirmed_at=at)

    def mark_ended(self, *, at: datetime) -> int:
        """Called off by the old mailbox, or replaced by a further wish."""
        return self.waiting().update(ended_at=at)


class AddressChange(models.Model):
    """A supporter wants mail to go elsewhere: nothing changes before the new mailbox answers."""

    supporter = models.ForeignKey(
        Supporter, on_delete=models.CASCADE, related_name="address_changes"
    )
    old = models.EmailField(max_length=254)
    new = models.EmailField(max_length=254)
    asked_at = models.DateTimeField()
    confirmed_at = models.DateTimeField(null=True)
    ended_at = models.DateTimeField(null=True)

    objects = AddressChangeQuerySet.as_manager()

    def __str__(self) -> str:
        return f"address change {self.pk}"
