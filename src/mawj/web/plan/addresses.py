"""Addresses of planning."""

from __future__ import annotations

from django.urls import path

from mawj.crm.members.roles import Access
from mawj.web.pages import page
from mawj.web.plan import views

HERE = "w/<slug:workspace>/plan/"
GUEST, MEMBER = Access.GUEST, Access.MEMBER
addresses = [
    path(HERE, page(GUEST, views.plans), name="plan"),
    path(f"{HERE}new/", page(MEMBER, views.new), name="plan_new"),
    path(f"{HERE}<int:plan>/", page(GUEST, views.one), name="plan_one"),
    path(f"{HERE}<int:plan>/budget/", page(MEMBER, views.budget), name="plan_budget"),
    path(f"{HERE}<int:plan>/report/", page(MEMBER, views.report), name="plan_report"),
    path(f"{HERE}<int:plan>.pdf", page(MEMBER, views.paper), name="plan_paper"),
    path(f"{HERE}<int:plan>/drop/", page(MEMBER, views.drop), name="plan_drop"),
]
