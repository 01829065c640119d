"""The addresses of the desk."""

from django.urls import URLPattern, path

from donations.web.staff import (
    addresses,
    articles,
    deciding,
    feeds,
    footer,
    gifts,
    moderating,
    paypal,
    publishing,
    sections,
    suggestions,
    topics,
)
from donations.web.staff.agreements.urls import pages as agreements
from donations.web.staff.broadcasts.urls import pages as broadcasts
from donations.web.staff.donations.urls import pages as donations
from donations.web.staff.exports.urls import pages as exports
from donations.web.staff.health.urls import pages as health
from donations.web.staff.history.urls import pages as history
from donations.web.staff.lists.urls import pages as views
from donations.web.staff.overview.urls import pages as overview
from donations.web.staff.payouts.urls import pages as payouts
from donations.web.staff.rates.urls import pages as rates
from donations.web.staff.reconciliation.urls import pages as reconciliation
from donations.web.staff.supporters.urls import pages as supporters
from donations.web.staff.team.urls import pages as team

urlpatterns: list[URLPattern] = [
    *overview,
    *rates,
    *supporters,
    *donations,
    *agreements,
    *views,
    *exports,
    path("gifts/", gifts.queue, name="staff_gifts"),
    path("gifts/history/", deciding.history, name="staff_attributions"),
    path("gifts/<int:pk>/", gifts.gift, name="staff_gift"),
    path("gifts/<int:pk>/decide/", deciding.decide, name="staff_decide"),
    path("gifts/history/<int:pk>/alike/", deciding.alike, name="staff_alike"),
    path("gifts/history/<int:pk>/undo/", deciding.undo, name="staff_undo"),
    path("paypal/", paypal.files, name="staff_paypal"),
    path("paypal/<int:pk>/", paypal.one, name="staff_paypal_file"),
    path("paypal/<int:pk>/answer/", paypal.answer, name="staff_paypal_answer"),
    path("paypal/<int:pk>/again/", paypal.step, {"name": "again"}, name="staff_paypal_again"),
    path("paypal/<int:pk>/confirm/", paypal.step, {"name": "confirm"}, name="staff_paypal_confirm"),
    path("paypal/<int:pk>/discard/", paypal.step, {"name": "discard"}, name="staff_paypal_discard"),
    *broadcasts,
    path("suggestions/", suggestions.listing, name="staff_suggestions"),
    path("suggestions/<int:pk>/", suggestions.one, name="staff_suggestion"),
    path("suggestions/<int:pk>/open/", moderating.let_through, name="staff_suggestion_open"),
    path("suggestions/<int:pk>/hide/", moderating.hide, name="staff_suggestion_hide"),
    path("suggestions/<int:pk>/answer/", moderating.answer, name="staff_suggestion_answer"),
    path("suggestions/<int:pk>/merge/", moderating.merge, name="staff_suggestion_merge"),
    path("suggestions/<int:pk>/unmerge/", moderating.unmerge, name="staff_suggestion_unmerge"),
    path("suggestions/<int:pk>/take-up/", moderating.take_up, name="staff_suggestion_take_up"),
    path("addresses/", addresses.listing, name="staff_addresses"),
    path("addresses/add/", addresses.add, name="staff_address_add"),
    path("addresses/<int:pk>/", addresses.one, name="staff_address"),
    path("addresses/<int:pk>/again/", addresses.write_again, name="staff_address_again"),
    path("articles/", articles.articles, name="staff_articles"),
    path("topics/", topics.listing, name="staff_topics"),
    path("topics/new/", topics.new, name="staff_topic_new"),
    path("topics/preview/", topics.preview, name="staff_topic_preview"),
    path("topics/<int:pk>/", topics.write, name="staff_topic"),
    path("topics/<int:pk>/publish/", publishing.publish, name="staff_topic_publish"),
    path("topics/<int:pk>/unpublish/", publishing.unpublish, name="staff_topic_unpublish"),
    path("topics/<int:pk>/delete/", publishing.delete, name="staff_topic_delete"),
    path("topics/feeds/", feeds.feeds, name="staff_feeds"),
    path("topics/feeds/<int:pk>/", feeds.feed, name="staff_feed"),
    *(
        path(f"topics/feeds/<int:pk>/{name}/", feeds.step, {"name": name}, f"staff_feed_{name}")
        for name in feeds.STEPS
    ),
    path("sections/", sections.sections, name="staff_sections"),
    path("sections/<int:pk>/", sections.rename, name="staff_section"),
    *(
        path(f"sections/<int:pk>/{name}/", sections.step, {"name": name}, f"staff_section_{name}")
        for name in sections.STEPS
    ),
    *payouts,
    *reconciliation,
    *health,
    path("footer/", footer.footer, name="staff_footer"),
    path("footer/qr.svg", footer.picture, {"kind": "svg"}, name="staff_footer_svg"),
    path("footer/qr.png", footer.picture, {"kind": "png"}, name="staff_footer_png"),
    *team,
    *history,
]
