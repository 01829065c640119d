"""Idempotency keys: the same call again gets the same answer and does nothing."""

import hashlib
import json
from threading import Lock

from ..errors import ApiError, invalid
from ..obj import Obj
from .messages import Answer, Request


class Idempotency:
    """Answers by key. A key whose first call is still running is `None` here."""

    def __init__(self) -> None:
        self._lock = Lock()
        self.kept: dict[str, Obj | None] = {}

    def clear(self) -> None:
        with self._lock:
            self.kept.clear()

    def begin(self, request: Request) -> Answer | None:
        """The answer given before; None when this call is the first and may go ahead."""
        key = _name(request)
        with self._lock:
            if key not in self.kept:
                self.kept[key] = None
                return None
            before = self.kept[key]
        if before is None:
            raise _still_running(request)
        if before["fingerprint"] != fingerprint(request):
            raise _other_params(request)
        headers = before["headers"] | {"Idempotent-Replayed": "true"}
        return Answer(before["status"], before["body"], headers)

    def keep(self, request: Request, print_: str, answer: Answer) -> None:
        with self._lock:
            self.kept[_name(request)] = {
                "fingerprint": print_,
                "status": answer.status,
                "body": answer.body,
                "headers": answer.headers,
            }

    def forget(self, request: Request) -> None:
        with self._lock:
            self.kept.pop(_name(request), None)


def _name(request: Request) -> str:
    if len(request.idempotency_key or "") > 255:
        raise invalid("Idempotency keys can be up to 255 characters long.")
    return f"{request.api_key}:{request.idempotency_key}"


def fingerprint(request: Request) -> str:
    """A digest of what was asked; taken before the parameters get their types."""
    asked = [request.method, request.path, request.params]
    return hashlib.sha256(json.dumps(asked, sort_keys=True).encode()).hexdigest()


def _still_running(request: Request) -> ApiError:
    key = request.idempotency_key
    message = f"There is currently another in-progress request using this Idempotent Key ({key})."
    return ApiError(409, "idempotency_error", message, code="idempotency_key_in_use")


def _other_params(request: Request) -> ApiError:
    message = (
        "Keys for idempotent requests can only be used with the same parameters they were "
        f"first used with. Try using a key other than '{request.idempotency_key}'."
    )
    return ApiError(400, "idempotency_error", message)
