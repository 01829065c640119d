"""The default settings row: NewsCafe. The only place where a newsroom is named."""

from django.db import migrations

PRESETS = {
    "EUR": {"once": [500, 1000, 2000, 5000], "month": [300, 500, 1000, 2000], "year": [3000, 5000, 10000, 20000]},
    "USD": {"once": [500, 1000, 2000, 5000], "month": [300, 500, 1000, 2000], "year": [3000, 5000, 10000, 20000]},
    "MDL": {"once": [10000, 20000, 40000, 100000], "month": [5000, 10000, 20000, 40000], "year": [60000, 100000, 200000, 400000]},
    "RON": {"once": [2500, 5000, 10000, 25000], "month": [1500, 2500, 5000, 10000], "year": [15000, 25000, 50000, 100000]},
    "GBP": {"once": [500, 1000, 2000, 5000], "month": [300, 500, 1000, 2000], "year": [3000, 5000, 10000, 20000]},
}
TEXTS = {
    "en": (
        "NewsCafe is an independent newsroom that cares about big issues.",
        "We live from ads and from our readers. We will reward your support with more captivating and important topics.",
        "We are a small newsroom in Moldova. Nobody tells us what to write: advertising pays for a part of our work, readers pay for the rest.",
    ),
    "ro": (
        "NewsCafe este o redacție independentă, căreia îi pasă de subiectele mari.",
        "Trăim din publicitate și din sprijinul cititorilor. Vă vom răsplăti cu și mai multe subiecte captivante și importante.",
        "Suntem o redacție mică din Moldova. Nimeni nu ne spune ce să scriem: o parte din munca noastră o plătește publicitatea, restul îl plătesc cititorii.",
    ),
    "ru": (
        "NewsCafe\u00a0— независимая редакция, которой небезразличны важные темы.",
        "Мы живём благодаря рекламе и поддержке читателей. За поддержку отблагодарим вас новыми увлекательными и важными темами.",
        "Мы небольшая редакция из Молдовы. Никто не указывает нам, о чём писать: часть нашей работы оплачивает реклама, остальное\u00a0— читатели.",
    ),
}


def add_outlet(apps, schema_editor):
    outlet = apps.get_model("donations", "Outlet").objects.create(
        pk=1,
        name="NewsCafe",
        website="https://newscafe.eu",
        contact_email="office@rudeana.com",
        paypal_email="office@rudeana.com",
        paypal_handle="newscafeeu",
        card_currencies=["EUR", "USD", "MDL", "RON", "GBP"],
        paypal_currencies=["EUR", "USD", "GBP"],
        presets=PRESETS,
    )
    texts = apps.get_model("donations", "OutletText")
    for language, (mission, promise, about) in TEXTS.items():
        texts.objects.create(
            outlet=outlet, language=language, mission=mission, promise=promise, about=about
        )


class Migration(migrations.Migration):
    dependencies = [("donations", "0001_initial")]

    operations = [migrations.RunPython(add_outlet, migrations.RunPython.noop)]
