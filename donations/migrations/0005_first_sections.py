"""Sections to begin with; staff change them on the desk."""

from django.db import migrations

SECTIONS = (
    ("politics", {"en": "Politics", "ro": "Politică", "ru": "Политика"}),
    ("economy", {"en": "Economy", "ro": "Economie", "ru": "Экономика"}),
    ("war-in-ukraine", {"en": "War in Ukraine", "ro": "Războiul din Ucraina", "ru": "Война в Украине"}),
)


def add(apps, schema_editor):
    Section = apps.get_model("donations", "Section")
    for position, (slug, names) in enumerate(SECTIONS):
        Section.objects.get_or_create(slug=slug, defaults={"names": names, "position": position})


class Migration(migrations.Migration):
    dependencies = [("donations", "0004_topics")]
    operations = [migrations.RunPython(add, migrations.RunPython.noop)]
