"""The addresses of the desk."""

from django.urls import URLPattern, path

from donations.web.staff import articles, deciding, footer, gifts, paypal, shell

urlpatterns: list[URLPattern] = [
    path("", shell.index, name="staff"),
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
    path("articles/", articles.articles, name="staff_articles"),
    path("footer/", footer.footer, name="staff_footer"),
    path("footer/qr.svg", footer.picture, {"kind": "svg"}, name="staff_footer_svg"),
    path("footer/qr.png", footer.picture, {"kind": "png"}, name="staff_footer_png"),
]
