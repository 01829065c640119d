"""Stripe's courier: one address for every event, and a signature on each."""

from ...common.courier import Courier as AnyCourier
from ...common.posting import Parcel
from ..obj import Obj
from .signing import sign


class Courier(AnyCourier[Obj]):
    def __init__(self, url: str | None, secret: str) -> None:
        self.url, self.secret = url, secret
        super().__init__()

    def has_address(self, item: Obj) -> bool:
        return self.url is not None

    def pack(self, item: Obj) -> Parcel:
        assert self.url is not None
        body, headers = sign(item, self.secret)
        return Parcel(self.url, body, headers, item["id"], item["type"])
