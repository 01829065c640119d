"""People: those who sign in, those who give, and what they said yes or no to."""

from datetime import datetime
from typing import Any, ClassVar

from django.contrib.auth.models import AbstractUser, BaseUserManager
from django.db import models


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


class User(AbstractUser):
    """A login, by e-mail: staff, and those supporters who want one."""

    username = None  # type: ignore[assignment]
    email = models.EmailField(unique=True)

    USERNAME_FIELD = "email"
    REQUIRED_FIELDS: ClassVar[list[str]] = []
    objects: ClassVar[UserManager] = UserManager()  # type: ignore[assignment]


class Supporter(models.Model):
    """A person who gave or promised to give, found by normalised e-mail."""

    email = models.EmailField(max_length=254, unique=True)
    name = models.CharField(max_length=200, blank=True)
    language = models.CharField(max_length=8)
    user = models.OneToOneField(
        "donations.User", on_delete=models.SET_NULL, null=True, blank=True, related_name="supporter"
    )
    created_at = models.DateTimeField()
    # Somebody who reads this mailbox followed a link that we sent there.
    proved_at = models.DateTimeField(null=True, blank=True)

    def __str__(self) -> str:
        return self.name or self.email

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

    supporter = models.ForeignKey(Supporter, on_delete=models.CASCADE, related_name="consents")
    purpose = models.CharField(max_length=20, choices=Purpose)
    granted = models.BooleanField()
    wording = models.TextField()
    source = models.CharField(max_length=100)
    at = models.DateTimeField()

    def __str__(self) -> str:
        return f"{self.purpose}: {'yes' if self.granted else 'no'}"
