"""The app's addresses."""

from django.urls import URLPattern, URLResolver, include, path, register_converter

from donations.web import (
    choices,
    digest,
    embed,
    feed,
    following,
    give,
    health,
    hooks,
    joining,
    pages,
    paypal,
    reports,
    suggestions,
    support,
    supporters,
    topics,
    trial,
    unsubscribe,
)
from donations.web.account import receipts
from donations.web.language import LanguageConverter

register_converter(LanguageConverter, "language")

urlpatterns: list[URLPattern | URLResolver] = [
    path("healthz", health.healthz, name="healthz"),
    path("readyz", health.readyz, name="readyz"),
    path("webhooks/stripe/", hooks.receive, {"gateway": "stripe"}, name="stripe_webhook"),
    path("webhooks/paypal/ipn/", hooks.receive, {"gateway": "paypal"}, name="paypal_ipn"),
    path("webhooks/mail/<slug:provider>/tracking/", reports.receive, name="mail_webhook"),
    path("embed/footer.js", embed.script, name="embed_script"),
    path("embed/footer/", embed.frame, name="embed_footer"),
    path("dev/mail/", trial.mail, name="trial_mail"),
    path("dev/mail/<str:name>", trial.letter, name="trial_letter"),
    path("staff/", include("donations.web.staff.urls")),
    path("pictures/<slug:digest>", topics.picture, name="picture"),
    path("u/<str:token>/", unsubscribe.page, name="unsubscribe"),
    path("u/week/<str:token>/", digest.leave, name="digest_leave"),
    path("", pages.home, name="home"),
    path("<language:language>/", give.page, name="give"),
    path("<language:language>/give/", give.submit, name="give_form"),
    path("<language:language>/paypal/", paypal.page, name="paypal"),
    path("<language:language>/paypal/qr.svg", paypal.qr_code, name="paypal_qr"),
    path("<language:language>/paypal/note/", paypal.note, name="paypal_note"),
    path("<language:language>/thanks/", pages.thanks, name="thanks"),
    path("<language:language>/support/", support.page, name="support"),
    path("<language:language>/account/", include("donations.web.account.urls")),
    path("<language:language>/receipt/", receipts.mailed, name="receipt"),
    path("<language:language>/supporters/", supporters.page, name="supporters"),
    path("<language:language>/topics/follow/", following.follow, name="topics_follow"),
    path("<language:language>/topics/confirm/", following.confirm, name="topics_confirm"),
    path("<language:language>/join/", joining.page, name="join"),
    path("<language:language>/choices/", choices.page, name="choices"),
    path("<language:language>/topics/", topics.listing, name="topics"),
    path("<language:language>/topics/feed/", feed.feed, name="topics_feed"),
    # What else stands under topics/ comes before this, and in RESERVED (topics/operations).
    path("<language:language>/topics/<slug:slug>/", topics.page, name="topic"),
    path("<language:language>/suggestions/", suggestions.page, name="suggestions"),
    path("<language:language>/suggestions/vote/", suggestions.vote, name="suggestions_vote"),
    path("<language:language>/suggestions/new/", suggestions.new, name="suggestions_new"),
]
