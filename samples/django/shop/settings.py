import os
from pathlib import Path

SECRET_KEY = os.environ["DJANGO_SECRET_KEY"]
DEBUG = False
ALLOWED_HOSTS = os.environ.get("DJANGO_HOSTS", "127.0.0.1").split(",")

# For the calls of `npx pay-checkout serve`, and for the page.
PAY_BACKEND_SECRET = os.environ["PAY_BACKEND_SECRET"]
PAY_PAGE = {
    "environment": os.environ["PAY_ENVIRONMENT"],
    "endpoints": os.environ.get("SHOP_ENDPOINTS", "/api/pay"),
    "stand_ins": os.environ.get("PAY_STAND_INS"),
}

# Django's defaults make the session's cookie HttpOnly and SameSite=Lax.
SESSION_COOKIE_SECURE = CSRF_COOKIE_SECURE = os.environ["PAY_ENVIRONMENT"] == "production"

INSTALLED_APPS = ["django.contrib.sessions", "shop"]
MIDDLEWARE = [
    "django.middleware.security.SecurityMiddleware",
    "django.contrib.sessions.middleware.SessionMiddleware",
    "django.middleware.csrf.CsrfViewMiddleware",
    "django.middleware.clickjacking.XFrameOptionsMiddleware",
]
ROOT_URLCONF = "shop.urls"
TEMPLATES = [{"BACKEND": "django.template.backends.django.DjangoTemplates", "APP_DIRS": True}]
DATABASES = {"default": {"ENGINE": "django.db.backends.sqlite3", "NAME": Path(__file__).parent.parent / "db.sqlite3"}}
DEFAULT_AUTO_FIELD = "django.db.models.BigAutoField"
TIME_ZONE = "America/Lima"
USE_TZ = True
LOGGING = {
    "version": 1,
    "disable_existing_loggers": False,
    "handlers": {"console": {"class": "logging.StreamHandler"}},
    "root": {"handlers": ["console"], "level": "INFO"},
}
