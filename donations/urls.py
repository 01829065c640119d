"""The app's addresses."""

from django.urls import URLPattern, URLResolver, path, register_converter

from donations.web import give, health, hooks, pages, support, trial
from donations.web.language import LanguageConverter

register_converter(LanguageConverter, "language")

urlpatterns: list[URLPattern | URLResolver] = [
    path("healthz", health.healthz, name="healthz"),
    path("readyz", health.readyz, name="readyz"),
    path("webhooks/stripe/", hooks.receive, {"gateway": "stripe"}, name="stripe_webhook"),
    path("dev/mail/", trial.mail, name="trial_mail"),
    path("dev/mail/<str:name>", trial.letter, name="trial_letter"),
    path("", pages.home, name="home"),
    path("<language:language>/", give.page, name="give"),
    path("<language:language>/give/", give.submit, name="give_form"),
    path("<language:language>/thanks/", pages.thanks, name="thanks"),
    path("<language:language>/support/", support.page, name="support"),
]
