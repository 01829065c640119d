"""How each figure is counted, in words: what stands behind its question mark."""

from collections.abc import Mapping
from dataclasses import dataclass
from types import MappingProxyType

from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy


@dataclass(frozen=True)
class Formula:
    """A figure's name, and how it comes about."""

    title: Promise
    words: Promise


# By the name of its file: /staff/figures/<name>.csv.
FORMULAS: Mapping[str, Formula] = MappingProxyType(
    {
        "received": Formula(
            pgettext_lazy("money", "Received"),
            _(
                "All gifts and instalments that arrived on these days, less what went back on "
                "them: refunds and lost disputes. Fees of the providers are not taken off."
            ),
        ),
        "in-all": Formula(
            _("All currencies together"),
            _(
                "The total of each currency is multiplied once by the rate that stands here, or "
                "divided by it where it was entered the other way round, rounded to the smallest "
                "unit (a half to the even one), and then added. A rate counts that was entered for "
                "the last of these days or for one of the 31 before it, the newest of them. "
                "Refunds are taken off; monthly support is that at the end of the last day."
            ),
        ),
        "months": Formula(
            _("Received by month"),
            _(
                "What arrived in each month, before refunds: instalments of monthly and yearly "
                "support, first instalments, and one-off gifts."
            ),
        ),
        "mrr": Formula(
            _("Monthly support (MRR)"),
            _(
                "The sum of all agreements that are active or whose payment is being retried, each "
                "as an amount for one month: a yearly one is divided by 12. One-off gifts and fees "
                "do not count."
            ),
        ),
        "movements": Formula(
            _("How monthly support moved"),
            _(
                "Start + new + raised + came back − lowered − left = end. New: a first agreement. "
                "Raised and lowered: one who gives already gives more or less. Left: nothing is "
                "given any more. Came back: who had left gives again."
            ),
        ),
        "active": Formula(
            _("People who give regularly"),
            _(
                "People with at least one agreement that counts into monthly support, in any "
                "currency, at the end of the last day."
            ),
        ),
        "average": Formula(
            _("Average gift"),
            _("What arrived, before refunds, divided by the number of gifts and instalments."),
        ),
        "churn": Formula(
            _("Left (churn)"),
            _(
                "People who stopped in these days, divided by those who gave regularly before the "
                "first of them and those who began in them."
            ),
        ),
        "lifetime": Formula(
            _("Lifetime value"),
            _(
                "Monthly support for one person, divided by the mean share of people who left in "
                "each of the six full months before. A dash when nobody left."
            ),
        ),
        "once": Formula(
            _("One-off gifts"),
            _("Gifts that are no instalment, before refunds, and how many they are."),
        ),
        "repeat": Formula(
            _("Gave again"),
            _(
                "Of the people with a one-off gift in these months, how many had given one "
                "before, or gave twice in them. Counted in whole months."
            ),
        ),
        "by-gateway": Formula(
            _("By way of paying"),
            _("What arrived on these days, before refunds, by the provider that took the payment."),
        ),
        "by-language": Formula(
            _("By language"),
            _("What arrived, before refunds, by the language in which the reader used the form."),
        ),
        "by-article": Formula(
            _("By article"),
            _("What arrived, before refunds, by the article from whose footer the reader came."),
        ),
        "by-campaign": Formula(
            _("By campaign"),
            _("What arrived, before refunds, by the campaign in the link that led to the form."),
        ),
        "cohorts": Formula(
            _("Who stays"),
            _(
                "A row is everybody who began to give regularly in that month, a cell how many of "
                "them still gave at the end of the month so many months later. Whoever comes back "
                "counts in the row where they began."
            ),
        ),
        "risk": Formula(
            _("Payments being retried"),
            _(
                "Agreements whose last payment failed and is tried again: how many, what they give "
                "in a month, and the instalments that are owed."
            ),
        ),
        "goal": Formula(
            _("This month's goal"),
            _(
                "Received in this month, less refunds, beside the newsroom's goal; then what "
                "active agreements are still due to bring until its end. In the goal's currency "
                "alone."
            ),
        ),
        "forecast": Formula(
            _("The next three months"),
            _(
                "Every instalment that an active agreement has due in the month, made smaller by "
                "the mean monthly share of people who leave, once for each month ahead."
            ),
        ),
    }
)
