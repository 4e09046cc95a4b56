"""Django's settings; all that an operator may set is a variable of the environment.

Their names begin with MAWJ_ and stand in docs/guides/operating.md; a test compares the two.
"""

from __future__ import annotations

import os
from datetime import timedelta
from pathlib import Path

from csp.constants import NONE, SELF

from mawj.server.databases import database, queue
from mawj.server.home import home_folder, secret_key, source_key_file

HOME = home_folder()
DATABASE_URL = os.environ.get("MAWJ_DATABASE_URL", "")
IS_SECURE = os.environ.get("MAWJ_HTTPS", "") == "1"
HOSTS = os.environ.get("MAWJ_HOSTS", "localhost 127.0.0.1 [::1]").replace(",", " ").split()

SECRET_KEY = secret_key(HOME)
SOURCE_KEY = os.environ.get("MAWJ_SOURCE_KEY", "")
SOURCE_KEY_FILE = source_key_file(HOME)
# Networks of ours that live sources may be led to by what is typed into a page.
INTERNAL_ADDRESSES = os.environ.get("MAWJ_INTERNAL_ADDRESSES", "")
DEBUG = False
ALLOWED_HOSTS = HOSTS
CSRF_TRUSTED_ORIGINS = [
    f"https://{host}" for host in HOSTS if IS_SECURE and not host.startswith("[")
]

INSTALLED_APPS = [
    "django.contrib.auth",
    "django.contrib.contenttypes",
    "django.contrib.sessions",
    "django.contrib.messages",
    "django.contrib.staticfiles",
    "mawj.crm.members",
    "mawj.crm.jobs",
    "mawj.crm.data",
    "mawj.crm.brands",
    "mawj.crm.creators",
    "mawj.crm.plans",
    "mawj.crm.replies",
    "mawj.crm.watching",
    "mawj.crm.searches",
    "mawj.crm.sources",
    "mawj.web",
    "mawj.api",
    "mawj.server",
    "allauth",
    "allauth.account",
    "allauth.mfa",
    "django_htmx",
    "csp",
    "huey.contrib.djhuey",
]

MIDDLEWARE = [
    "django.middleware.security.SecurityMiddleware",
    "whitenoise.middleware.WhiteNoiseMiddleware",
    "csp.middleware.CSPMiddleware",
    "django.contrib.sessions.middleware.SessionMiddleware",
    "django.middleware.common.CommonMiddleware",
    "django.middleware.csrf.CsrfViewMiddleware",
    "django.contrib.auth.middleware.AuthenticationMiddleware",
    "mawj.web.reader.ReaderMiddleware",
    "django.contrib.messages.middleware.MessageMiddleware",
    "mawj.web.nul.NoNulMiddleware",
    "django.middleware.clickjacking.XFrameOptionsMiddleware",
    "django_htmx.middleware.HtmxMiddleware",
    "allauth.account.middleware.AccountMiddleware",
]

ROOT_URLCONF = "mawj.server.urls"
WSGI_APPLICATION = "mawj.server.wsgi.application"

TEMPLATES = [
    {
        "BACKEND": "django.template.backends.django.DjangoTemplates",
        "APP_DIRS": True,
        "OPTIONS": {
            "context_processors": [
                "django.template.context_processors.request",
                "django.contrib.auth.context_processors.auth",
                "django.contrib.messages.context_processors.messages",
                "mawj.web.context.context",
            ],
            "builtins": ["mawj.web.templatetags.mawj"],
        },
    }
]

DATABASES = {"default": database(DATABASE_URL, HOME)}
HUEY = queue(DATABASE_URL, HOME)
DEFAULT_AUTO_FIELD = "django.db.models.BigAutoField"
# On disk, so that attempts to sign in are counted over all processes together.
CACHES = {
    "default": {
        "BACKEND": "django.core.cache.backends.filebased.FileBasedCache",
        "LOCATION": str(HOME / "cache"),
        "OPTIONS": {"MAX_ENTRIES": 2000},
    }
}

# Who may come in.
AUTH_USER_MODEL = "members.User"
AUTHENTICATION_BACKENDS = ["allauth.account.auth_backends.AuthenticationBackend"]
PASSWORD_HASHERS = [
    "django.contrib.auth.hashers.Argon2PasswordHasher",
    "django.contrib.auth.hashers.PBKDF2PasswordHasher",
]
AUTH_PASSWORD_VALIDATORS = [
    {
        "NAME": "django.contrib.auth.password_validation.MinimumLengthValidator",
        "OPTIONS": {"min_length": 10},
    },
    {"NAME": "django.contrib.auth.password_validation.CommonPasswordValidator"},
    {
        "NAME": "django.contrib.auth.password_validation.UserAttributeSimilarityValidator",
        "OPTIONS": {"user_attributes": ("email", "name")},
    },
]
ACCOUNT_ADAPTER = "mawj.web.joining.adapter.Adapter"
ACCOUNT_LOGIN_METHODS = {"email"}
ACCOUNT_SIGNUP_FIELDS = ["email*", "password1*"]
ACCOUNT_USER_MODEL_USERNAME_FIELD = None
ACCOUNT_EMAIL_VERIFICATION = "none"
ACCOUNT_REAUTHENTICATION_REQUIRED = True
ACCOUNT_LOGOUT_REDIRECT_URL = "/accounts/login/"
ACCOUNT_SESSION_REMEMBER = True
# Attempts are counted by where they come from, which behind a proxy only the proxy knows.
ALLAUTH_TRUSTED_PROXY_COUNT = 1 if IS_SECURE else 0
MFA_SUPPORTED_TYPES = ["totp", "recovery_codes"]
MFA_TOTP_ISSUER = "Mawj"
# A phone's clock may be a step off (RFC 6238, section 5.2).
MFA_TOTP_TOLERANCE = 1
LOGIN_URL = "/accounts/login/"
LOGIN_REDIRECT_URL = "/"

# What a browser is told.
SESSION_COOKIE_SECURE = CSRF_COOKIE_SECURE = IS_SECURE
SESSION_COOKIE_HTTPONLY = True
SESSION_COOKIE_SAMESITE = CSRF_COOKIE_SAMESITE = "Lax"
SESSION_COOKIE_AGE = int(timedelta(days=14).total_seconds())
SECURE_SSL_REDIRECT = IS_SECURE
SECURE_HSTS_SECONDS = int(timedelta(days=365).total_seconds()) if IS_SECURE else 0
SECURE_PROXY_SSL_HEADER = ("HTTP_X_FORWARDED_PROTO", "https") if IS_SECURE else None
SECURE_REFERRER_POLICY = "same-origin"
X_FRAME_OPTIONS = "DENY"
CONTENT_SECURITY_POLICY = {
    "DIRECTIVES": {
        "default-src": [SELF],
        "script-src": [SELF],
        "style-src": [SELF],
        "img-src": [SELF, "data:"],
        "font-src": [SELF],
        "connect-src": [SELF],
        "object-src": [NONE],
        "base-uri": [NONE],
        "form-action": [SELF],
        "frame-ancestors": [NONE],
    }
}

# What may be sent to us: a form is small; files go to the disk, up to their own limit.
DATA_UPLOAD_MAX_MEMORY_SIZE = 2 * 2**20
DATA_UPLOAD_MAX_NUMBER_FIELDS = 2000
DATA_UPLOAD_MAX_NUMBER_FILES = 20
FILE_UPLOAD_MAX_MEMORY_SIZE = 2**20
FILE_UPLOAD_HANDLERS = ["mawj.web.start.uploads.BoundedUpload"]
UPLOAD_MOST_MB = int(os.environ.get("MAWJ_UPLOAD_MOST_MB", "2048"))

# Words, days, numbers: pages say them through `mawj.web.reader`.
LANGUAGE_CODE = "en"
LANGUAGES = [("en", "English"), ("ar", "العربية"), ("fa", "فارسی")]
LANGUAGE_COOKIE_NAME = "mawj_language"
USE_I18N = True
USE_TZ = True
TIME_ZONE = "UTC"

# Files that pages need.
STATIC_URL = "/static/"
STATIC_ROOT = HOME / "static"
STORAGES = {
    "default": {"BACKEND": "django.core.files.storage.FileSystemStorage"},
    "staticfiles": {"BACKEND": "whitenoise.storage.CompressedManifestStaticFilesStorage"},
}

# Mail: to a server where one is set, else into a folder that doctor points to.
if os.environ.get("MAWJ_MAIL_HOST"):
    EMAIL_BACKEND = "django.core.mail.backends.smtp.EmailBackend"
    EMAIL_HOST = os.environ["MAWJ_MAIL_HOST"]
    EMAIL_PORT = int(os.environ.get("MAWJ_MAIL_PORT", "587"))
    EMAIL_HOST_USER = os.environ.get("MAWJ_MAIL_USER", "")
    EMAIL_HOST_PASSWORD = os.environ.get("MAWJ_MAIL_PASSWORD", "")
    EMAIL_USE_TLS = os.environ.get("MAWJ_MAIL_TLS", "1") == "1"
else:
    EMAIL_BACKEND = "django.core.mail.backends.filebased.EmailBackend"
    EMAIL_FILE_PATH = str(HOME / "mail")
DEFAULT_FROM_EMAIL = os.environ.get("MAWJ_MAIL_FROM", "mawj@localhost")

LOG_LEVEL = os.environ.get("MAWJ_LOG_LEVEL", "INFO")
LOGGING = {
    "version": 1,
    "disable_existing_loggers": False,
    "formatters": {"line": {"()": "mawj.server.logs.JsonLine"}},
    "handlers": {"stderr": {"class": "logging.StreamHandler", "formatter": "line"}},
    "root": {"handlers": ["stderr"], "level": LOG_LEVEL},
    "loggers": {
        "django": {"level": LOG_LEVEL},
        "huey": {"level": "WARNING"},
    },
}

TEST_RUNNER = "django.test.runner.DiscoverRunner"
BASE_DIR = Path(__file__).parent
