"""Its addresses."""

from django.urls import URLPattern, path

from donations.web.staff.donations import entering, listing, one, receipts, refunding

pages: list[URLPattern] = [
    path("donations/", listing.donations, name="staff_donations"),
    path("donations/new/", entering.enter, name="staff_donation_new"),
    path("donations/<int:pk>/", one.donation, name="staff_donation"),
    path("donations/<int:pk>/refund/", refunding.refund, name="staff_donation_refund"),
    path("donations/<int:pk>/receipt/", receipts.receipt, name="staff_donation_receipt"),
    path("refunds/<int:pk>/again/", refunding.again, name="staff_refund_again"),
]
