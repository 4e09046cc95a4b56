"""The addresses of all pages, by subject; each says who may use it."""

from __future__ import annotations

from itertools import chain

from mawj.web.creator.addresses import addresses as creator
from mawj.web.find.addresses import addresses as find
from mawj.web.joining.addresses import addresses as joining
from mawj.web.start.addresses import addresses as start

addresses = list(chain(joining, start, find, creator))
