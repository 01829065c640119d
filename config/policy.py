"""What a page may load, and where its forms may lead."""

from typing import Any

from csp.constants import NONE, SELF


def content_security(*providers: str) -> dict[str, Any]:
    """Everything from ourselves; forms to ourselves and to these and the known providers."""
    return {
        "DIRECTIVES": {
            "default-src": [NONE],
            "script-src": [SELF],
            "style-src": [SELF],
            "img-src": [SELF, "data:"],
            "font-src": [SELF],
            "connect-src": [SELF],
            "base-uri": [NONE],
            "object-src": [NONE],
            "frame-ancestors": [NONE],
            # A form that is answered by a redirect to the provider has to name the provider.
            "form-action": [
                SELF,
                "https://checkout.stripe.com",
                "https://billing.stripe.com",
                "https://paypal.me",
                "https://www.paypal.com",
                *filter(None, providers),
            ],
        }
    }
