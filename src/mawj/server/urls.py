"""Every address of the product: the pages, signing in, and the health of the house."""

from __future__ import annotations

from django.urls import include, path

from mawj.api import rest
from mawj.crm.members.roles import Access
from mawj.server.health import health
from mawj.web import errors
from mawj.web.addresses import addresses
from mawj.web.pages import page

urlpatterns = [
    path("accounts/", include("allauth.account.urls")),
    path("accounts/2fa/", include("allauth.mfa.urls")),
    path("health/", page(Access.ANYONE, health), name="health"),
    path("api/v1/openapi.json", page(Access.ANYONE, rest.schema), name="openapi"),
    path("api/docs/", page(Access.ANYONE, rest.docs), name="api_docs"),
    path("api/v1/", rest.api.urls),
    *addresses,
]
handler400 = errors.not_understood
handler403 = errors.not_allowed
handler404 = errors.not_found
handler500 = errors.our_fault
