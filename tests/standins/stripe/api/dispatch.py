"""A call from its arrival to its answer: key, fault, idempotency, parameters, action."""

import re
from collections.abc import Callable

from ..errors import ApiError
from ..ids import new_id
from ..obj import Obj
from ..params import schema
from ..world import Caller, World
from . import faults, routes
from .expansion import check_depth, expand
from .faults import Fault, Faults
from .idempotency import Idempotency, fingerprint
from .messages import Answer, Request

_TEST_KEY = re.compile(r"(sk|rk)_test_\w+")


class Api:
    def __init__(self, world: World, on_change: Callable[[], None]) -> None:
        self.world = world
        self.faults = Faults()
        self.idempotency = Idempotency()
        self.requests: list[Request] = []
        self._on_change = on_change

    def clear(self) -> None:
        self.faults.clear()
        self.idempotency.clear()
        self.requests.clear()

    def answer(self, request: Request) -> Answer:
        request_id = new_id("req_")
        self.requests.append(request)
        try:
            answer = self._answer(request, request_id)
        except ApiError as error:
            answer = Answer(error.status, error.body())
        answer.headers.setdefault("Request-Id", request_id)
        return answer

    def _answer(self, request: Request, request_id: str) -> Answer:
        _check_key(request)
        fault = self.faults.take(request)
        if fault is not None and fault.transport == "send":
            raise faults.error(fault.kind)
        if request.method != "POST" or request.idempotency_key is None:
            answer = self._faulty(request, request_id, fault)
        else:
            answer = self._once(request, request_id, fault)
        if fault is not None and fault.executed:
            answer.transport = fault.transport
        return answer

    def _once(self, request: Request, request_id: str, fault: Fault | None) -> Answer:
        """Under an idempotency key. What was refused unexecuted may be tried again with it."""
        before = self.idempotency.begin(request)
        if before is not None:
            return before
        asked = fingerprint(request)
        try:
            answer = self._faulty(request, request_id, fault)
        except BaseException:
            self.idempotency.forget(request)
            raise
        if answer.transport == "drop":
            self.idempotency.forget(request)
        else:
            answer.headers["Request-Id"] = request_id
            self.idempotency.keep(request, asked, answer)
            self._on_change()
        return answer

    def _faulty(self, request: Request, request_id: str, fault: Fault | None) -> Answer:
        if fault is None or fault.executed:
            return self._execute(request, request_id)
        if fault.kind == "timeout":
            self.faults.stall(request, self.world.settings.stall_seconds)
        return Answer(0, {}, transport="drop")

    def _execute(self, request: Request, request_id: str) -> Answer:
        route, ident = routes.find(request.method, request.path)
        route.precheck(request.params)
        request.params = schema.read(route.schema, request.params)
        paths = request.params.get("expand", [])
        check_depth(paths, self.world.settings.expand_levels)
        with self.world.lock:
            self.world.caller = Caller(request_id, request.idempotency_key)
            try:
                obj = route.run(self.world, ident, request.params)
                body: Obj = expand(self.world, obj, paths)
            finally:
                self.world.caller = Caller()
        if request.method != "GET":
            self._on_change()
        return Answer(200, body)


def _check_key(request: Request) -> None:
    if not request.api_key:
        raise ApiError(401, "invalid_request_error", "You did not provide an API key.")
    if not _TEST_KEY.fullmatch(request.api_key):
        shown = request.api_key[:8] + "…"
        message = f"Invalid API Key provided: {shown} (the stand-in takes only test keys)"
        raise ApiError(401, "invalid_request_error", message)
