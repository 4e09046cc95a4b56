"""The product's settings for tests: a home of its own, quick passwords, jobs done at once.

MAWJ_DATABASE_URL makes the same tests run on PostgreSQL, as `.ci/run` does.
"""

from __future__ import annotations

import os
import tempfile
from pathlib import Path

os.environ["MAWJ_HOME"] = tempfile.mkdtemp(prefix="mawj-test-home-")
os.environ.pop("MAWJ_HTTPS", None)

from mawj.server.settings import *  # noqa: F403
from mawj.server.settings import STORAGES

PASSWORD_HASHERS = ["django.contrib.auth.hashers.MD5PasswordHasher"]
STORAGES = STORAGES | {
    "staticfiles": {"BACKEND": "django.contrib.staticfiles.storage.StaticFilesStorage"}
}
HUEY = {"name": "tests", "huey_class": "huey.MemoryHuey", "immediate": True}
EMAIL_BACKEND = "django.core.mail.backends.locmem.EmailBackend"
HOME = Path(os.environ["MAWJ_HOME"])
(HOME / "static").mkdir()
LOGGING = {}
