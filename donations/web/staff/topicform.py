"""What a colleague writes about a topic, in each language, and its picture."""

from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass
from datetime import datetime
from typing import Any, cast

from django import forms
from django.conf import settings
from django.forms import BoundField
from django.utils import timezone
from django.utils.datastructures import MultiValueDict
from django.utils.dateparse import parse_datetime
from django.utils.translation import get_language, get_language_info, gettext_lazy
from django.utils.translation import gettext as _

from donations.sections.models import Section
from donations.topics import operations as topics
from donations.topics.models import Picture, Topic, TopicText
from donations.web.forms import TextField
from donations.web.language import nearest

LONGEST_BODY = 60_000
PARTS = ("title", "summary", "body", "picture_alt")
WHY_NOT = {
    "too_large": gettext_lazy(
        "This picture is larger than 10 MB. Save it smaller, about 2,000 pixels wide, and choose "
        "it again."
    ),
    "too_many_pixels": gettext_lazy(
        "This picture has too many pixels. Save it about 2,000 pixels wide, and choose it again."
    ),
    "moving": gettext_lazy("This picture moves. Choose one that stands still."),
    "gif": gettext_lazy("This is a GIF. Save the picture as JPEG or PNG, and choose it again."),
    "svg": gettext_lazy("This is a drawing in SVG. Save it as PNG, and choose it again."),
    "heic": gettext_lazy(
        "This picture is in a format of telephones (HEIC or AVIF). Save it as JPEG, and choose it "
        "again."
    ),
    "broken": gettext_lazy("This picture is damaged. Save it anew as JPEG, and choose it again."),
    "other": gettext_lazy("This is not a picture that we can read. Choose a JPEG, PNG or WebP."),
}


class BodyField(TextField):
    """Markdown, with its tabs as spaces: code that was pasted has them."""

    def to_python(self, value: Any) -> str:
        """As it is kept."""
        return super().to_python(value).expandtabs(4)


class SectionField(forms.ModelChoiceField):  # type: ignore[type-arg]  # none at run time
    """By its name in the desk's language."""

    def label_from_instance(self, obj: Section) -> str:
        """As a choice says it."""
        return obj.name(nearest(get_language() or ""))


class MomentField(forms.CharField):
    """A moment as the page was given it; None when it says none."""

    widget = forms.HiddenInput

    def clean(self, value: Any) -> datetime | None:
        """Nothing is refused: who says no moment replaces what stands there."""
        try:
            return parse_datetime(str(value or ""))
        except ValueError:
            return None


@dataclass(frozen=True, kw_only=True)
class Fields:
    """The fields of one language."""

    code: str
    name: str
    own: str
    title: BoundField
    summary: BoundField
    body: BoundField
    picture_alt: BoundField

    @property
    def is_told(self) -> bool:
        """Whether there is anything in them."""
        return any(str(each.value() or "").strip() for each in self.every)

    @property
    def is_wrong(self) -> bool:
        """Whether something is to be mended."""
        return any(each.errors for each in self.every)

    @property
    def every(self) -> tuple[BoundField, ...]:
        """All of them."""
        return (self.title, self.summary, self.body, self.picture_alt)


class TopicForm(forms.Form):
    """A topic. `topic` is the one that is edited; None for a new one."""

    section = SectionField(
        Section.objects.none(),
        empty_label=None,
        error_messages={
            "required": gettext_lazy("Choose a section."),
            "invalid_choice": gettext_lazy("This section is not there any more. Choose another."),
        },
    )
    language = forms.ChoiceField()
    link = forms.URLField(
        required=False,
        assume_scheme="https",
        max_length=500,
        error_messages={
            "invalid": gettext_lazy("Enter an address like https://example.org/article."),
            "max_length": gettext_lazy("This address is too long."),
        },
    )
    upload = forms.FileField(
        required=False,
        allow_empty_file=True,
        max_length=1000,
        error_messages={"invalid": gettext_lazy("Choose the picture again.")},
    )
    picture = forms.CharField(required=False, widget=forms.HiddenInput)
    without_picture = forms.BooleanField(required=False)
    seen = MomentField(required=False)

    def __init__(
        self,
        data: Mapping[str, Any] | None = None,
        files: MultiValueDict[str, Any] | None = None,
        *,
        topic: Topic | None = None,
        language: str,
    ) -> None:
        super().__init__(data, files, initial=first_values(topic, language))
        self.topic, self.spoken = topic, language
        sections = Section.objects.filter(is_open=True)
        if topic is not None:
            sections = sections | Section.objects.filter(pk=topic.section_id)
        field = cast("SectionField", self.fields["section"])
        field.queryset = sections.order_by("position", "pk")
        choices = [(code, own_name(code)) for code in dict(settings.LANGUAGES)]
        cast("forms.ChoiceField", self.fields["language"]).choices = choices
        for code in dict(settings.LANGUAGES):
            self.fields[f"title_{code}"] = TextField(max_length=200)
            self.fields[f"summary_{code}"] = TextField(max_length=500, lines=True)
            self.fields[f"body_{code}"] = BodyField(max_length=LONGEST_BODY, lines=True)
            self.fields[f"picture_alt_{code}"] = TextField(max_length=300)

    @property
    def languages(self) -> Iterator[Fields]:
        """The fields, language by language, the first one first."""
        first = str(self["language"].value())
        for code in sorted(dict(settings.LANGUAGES), key=lambda each: each != first):
            fields = {part: self[f"{part}_{code}"] for part in PARTS}
            info = get_language_info(code)
            yield Fields(code=code, name=str(info["name_translated"]), own=own_name(code), **fields)

    @property
    def shown_picture(self) -> Picture | None:
        """The one that it has as things stand, for the page."""
        found: Picture | None = getattr(self, "cleaned_data", {}).get("picture")
        return found or picture_of(str(self["picture"].value() or ""))

    @property
    def problems(self) -> list[tuple[str, str]]:
        """Field and message, in the order of the page."""
        return [(name, str(text)) for name in self.fields for text in self.errors.get(name, [])]

    def clean_picture(self) -> Picture | None:
        """The one that was there, by its digest."""
        return picture_of(self.cleaned_data["picture"])

    def clean(self) -> dict[str, Any]:
        """A new picture takes the old one's place, and is kept even if something else is wrong."""
        said = self.cleaned_data
        upload = said.get("upload")
        if upload:
            try:
                said["picture"] = topics.keep_picture(
                    upload=upload, size=upload.size, at=timezone.now()
                )
            except topics.NotAPicture as no:
                self.add_error("upload", WHY_NOT[no.reason])
        elif said.get("without_picture"):
            said["picture"] = None
        self.want_titles()
        return said

    def want_titles(self) -> None:
        """In every language that says something, and in one at least."""
        told = [each for each in self.languages if each.is_told]
        for each in told:
            if not str(each.title.value() or "").strip() and not each.title.errors:
                self.add_error(each.title.name, _("Give this text a title."))
        if not told:
            first = str(self["language"].value())
            name = f"title_{first}" if f"title_{first}" in self.fields else "title_en"
            self.add_error(name, _("Write a title, in one language at least."))

    def content(self) -> topics.Content:
        """What was written, once it is valid."""
        said = self.cleaned_data
        texts = {
            code: topics.Text(**{part: said[f"{part}_{code}"] for part in PARTS})
            for code in dict(settings.LANGUAGES)
        }
        return topics.Content(
            section=said["section"],
            language=said["language"],
            link=said["link"],
            picture=said["picture"],
            texts=texts,
        )

    def replacing(self, topic: Topic) -> "TopicForm":
        """The same words, to be saved over what a colleague has saved meanwhile."""
        data = {name: self[name].value() for name in self.fields if name != "upload"}
        picture = self.shown_picture
        data |= {"seen": topic.changed_at.isoformat(), "picture": picture.digest if picture else ""}
        form = TopicForm(data, topic=topic, language=self.spoken)
        form.is_valid()
        return form


def first_values(topic: Topic | None, language: str) -> dict[str, Any]:
    """What stands in the fields when the page is opened."""
    if topic is None:
        return {"language": language}
    values: dict[str, Any] = {
        "section": topic.section_id,
        "language": topic.language,
        "link": topic.link,
        "picture": topic.picture.digest if topic.picture else "",
        "seen": topic.changed_at.isoformat(),
    }
    for text in topic.texts.all():
        values |= {f"{part}_{text.language}": getattr(text, part) for part in PARTS}
    return values


def picture_of(digest: str) -> Picture | None:
    """Without its bytes."""
    return Picture.objects.defer("data").filter(digest=digest).first() if digest else None


def own_name(code: str) -> str:
    """A language by its own name: Română."""
    return str(get_language_info(code)["name_local"]).capitalize()


def text_of(form: TopicForm, language: str) -> TopicText:
    """What stands in the fields of a language, right or wrong, kept nowhere."""
    said = {part: str(form[f"{part}_{language}"].value() or "") for part in PARTS}
    return TopicText(language=language, **said)


def contents(topic: Topic) -> Callable[[], dict[str, Any]]:
    """All of a topic as it is kept, for the history."""

    def state() -> dict[str, Any]:
        names = ("slug", "section__slug", "language", "link", "picture_id")
        row = Topic.objects.filter(pk=topic.pk).values(*names).first() or {}
        texts = TopicText.objects.filter(topic=topic.pk).values("language", *PARTS)
        told = {f"{part}_{each['language']}": each[part] for each in texts for part in PARTS}
        return {**row, **told}

    return state
