"""The peers: the barest Django that answers, and one that does a single INSERT.

Settings, addresses and the WSGI application in one file, with no middleware at all.
"""

import os

from django.conf import settings
from django.core.wsgi import get_wsgi_application
from django.db import connection
from django.http import HttpRequest, HttpResponse
from django.urls import path
from django.views.decorators.csrf import csrf_exempt

DATABASES = {}
if os.environ.get("BARE_DATABASE"):
    DATABASES["default"] = {
        "ENGINE": "django.db.backends.postgresql",
        "NAME": os.environ["BARE_DATABASE"],
        "USER": os.environ["BARE_USER"],
        "HOST": os.environ["BARE_HOST"],
        "OPTIONS": {"pool": {"min_size": 1, "max_size": 8}},
    }
settings.configure(
    SECRET_KEY="of-the-peer-in-a-benchmark",
    ALLOWED_HOSTS=["*"],
    ROOT_URLCONF="tests.benchmarks.bare",
    MIDDLEWARE=[],
    DATABASES=DATABASES,
)


def hello(request: HttpRequest) -> HttpResponse:
    return HttpResponse("hello", headers={"Content-Length": "5"})


@csrf_exempt
def insert(request: HttpRequest) -> HttpResponse:
    with connection.cursor() as cursor:
        cursor.execute("INSERT INTO bare (body) VALUES (%s)", [request.body])
    return HttpResponse(headers={"Content-Length": "0"})


urlpatterns = [path("hello", hello), path("insert", insert)]
application = get_wsgi_application()
