"""Every address of the product: the pages, signing in, and the health of the house."""

from __future__ import annotations

from django.urls import include, path

from mawj.web import errors
from mawj.web.addresses import addresses

urlpatterns = [
    path("accounts/", include("allauth.account.urls")),
    path("accounts/2fa/", include("allauth.mfa.urls")),
    *addresses,
]
handler400 = errors.not_understood
handler403 = errors.not_allowed
handler404 = errors.not_found
handler500 = errors.our_fault
