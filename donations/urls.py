"""The app's addresses."""

from django.urls import URLPattern, URLResolver, include, path, register_converter

from donations.web import embed, give, health, hooks, pages, paypal, support, trial
from donations.web.language import LanguageConverter

register_converter(LanguageConverter, "language")

urlpatterns: list[URLPattern | URLResolver] = [
    path("healthz", health.healthz, name="healthz"),
    path("readyz", health.readyz, name="readyz"),
    path("webhooks/stripe/", hooks.receive, {"gateway": "stripe"}, name="stripe_webhook"),
    path("webhooks/paypal/ipn/", hooks.receive, {"gateway": "paypal"}, name="paypal_ipn"),
    path("embed/footer.js", embed.script, name="embed_script"),
    path("embed/footer/", embed.frame, name="embed_footer"),
    path("dev/mail/", trial.mail, name="trial_mail"),
    path("dev/mail/<str:name>", trial.letter, name="trial_letter"),
    path("staff/", include("donations.web.staff.urls")),
    # Stubs, until the views are here; each helper replaces its own: SECTIONS, TOPICS, TOPICS.
    path("u/<str:token>/", pages.not_found, name="unsubscribe"),
    path("pictures/<str:digest>", pages.not_found, name="picture"),
    path("<language:language>/topics/<slug:slug>/", pages.not_found, name="topic"),
    path("", pages.home, name="home"),
    path("<language:language>/", give.page, name="give"),
    path("<language:language>/give/", give.submit, name="give_form"),
    path("<language:language>/paypal/", paypal.page, name="paypal"),
    path("<language:language>/paypal/qr.svg", paypal.qr_code, name="paypal_qr"),
    path("<language:language>/paypal/note/", paypal.note, name="paypal_note"),
    path("<language:language>/thanks/", pages.thanks, name="thanks"),
    path("<language:language>/support/", support.page, name="support"),
]
