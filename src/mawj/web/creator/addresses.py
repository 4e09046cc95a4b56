"""Addresses of a creator."""

from __future__ import annotations

from django.urls import path

from mawj.crm.members.roles import Access
from mawj.web.creator import paper, views
from mawj.web.pages import page

ONE = "w/<slug:workspace>/creator/<path:account>"
addresses = [
    path(f"{ONE}/counts/", page(Access.GUEST, views.counts), name="creator_counts"),
    path(f"{ONE}/vetting/", page(Access.GUEST, views.vetting), name="creator_vetting"),
    path(f"{ONE}/vetting.pdf", page(Access.GUEST, views.vetting_paper), name="creator_paper"),
    path(f"{ONE}/page.pdf", page(Access.GUEST, paper.whole), name="creator_whole"),
    path(f"{ONE}/vet/", page(Access.MEMBER, views.vet_now), name="creator_vet"),
    path(f"{ONE}/price/", page(Access.MEMBER, views.price), name="creator_price"),
    path(f"{ONE}/", page(Access.GUEST, views.creator), name="creator"),
]
