"""Errors as the API words them: `{"error": {"type", "code", "message", "param"}}`."""

from .obj import Obj


class ApiError(Exception):
    """An answer other than 200."""

    def __init__(
        self,
        status: int,
        kind: str,
        message: str,
        *,
        code: str | None = None,
        param: str | None = None,
        decline_code: str | None = None,
    ) -> None:
        super().__init__(message)
        self.status = status
        fields = {"code": code, "decline_code": decline_code, "message": message}
        fields |= {"param": param, "type": kind}
        self.error = {key: value for key, value in fields.items() if value is not None}

    def body(self) -> Obj:
        return {"error": self.error}


def invalid(message: str, *, param: str | None = None, code: str | None = None) -> ApiError:
    return ApiError(400, "invalid_request_error", message, code=code, param=param)


def no_such(kind: str, ident: str, *, param: str = "id") -> ApiError:
    """404 for an unknown object, worded with the last part of its kind as Stripe does."""
    message = f"No such {kind}: '{ident}'"
    return ApiError(404, "invalid_request_error", message, code="resource_missing", param=param)


def not_simulated(param: str) -> ApiError:
    """Stripe would take this; the stand-in says so loudly rather than ignore it."""
    message = f"The Stripe stand-in does not simulate `{param}`."
    return invalid(message, param=param, code="standin_not_simulated")
