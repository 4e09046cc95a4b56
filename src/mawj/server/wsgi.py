"""What a web server runs."""

from __future__ import annotations

import os

from django.core.wsgi import get_wsgi_application

os.environ.setdefault("DJANGO_SETTINGS_MODULE", "mawj.server.settings")
application = get_wsgi_application()

from mawj.server.warming import read_ahead  # noqa: E402  (models need the settings)

read_ahead()
