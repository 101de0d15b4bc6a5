"""Every setting, read once from the environment; there is no dev or prod module."""

from pathlib import Path

from financehub.billing import plans
from financehub.config import beat, env
from financehub.core import logs

SOURCE = Path(__file__).resolve().parent.parent

DEBUG = env.flag("FINANCEHUB_DEBUG", default=False)
PUBLIC_URL = env.text("FINANCEHUB_PUBLIC_URL", "http://127.0.0.1:8000").rstrip("/")
IS_HTTPS = PUBLIC_URL.startswith("https://")
SECRET_KEY = env.secret(
    "FINANCEHUB_SECRET_KEY", insecure="insecure-only-for-tests-and-tools", is_public=IS_HTTPS
)
FINANCEHUB_KEYS = env.secret(
    "FINANCEHUB_KEYS", insecure="insecure:AAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAA=", is_public=IS_HTTPS
)
ALLOWED_HOSTS = env.words("FINANCEHUB_ALLOWED_HOSTS", "127.0.0.1,localhost,[::1],testserver")
TRUSTED_PROXIES = env.integer("FINANCEHUB_TRUSTED_PROXIES", 0)

INSTALLED_APPS = [
    "django.contrib.auth",
    "django.contrib.contenttypes",
    "django.contrib.sessions",
    "django.contrib.messages",
    "django.contrib.staticfiles",
    "django.contrib.humanize",
    "ninja",  # its documentation page, served from its own package
    "financehub.core",
    "financehub.audit",
    "financehub.timetable",
    "financehub.companies",
    "financehub.notifications",
    "financehub.billing",
    "financehub.banking",
    "financehub.webhooks",
    "financehub.bot",
    "financehub.web",
    "allauth",  # after web: our templates win over its own
    "allauth.account",
    "allauth.mfa",
]

MIDDLEWARE = [
    "financehub.core.correlation.correlate",
    "django.middleware.security.SecurityMiddleware",
    "financehub.config.middleware.static_files",
    "financehub.config.middleware.sessions",
    "financehub.web.language.chosen_language",
    "django.middleware.common.CommonMiddleware",
    "financehub.config.middleware.csrf",
    "financehub.config.middleware.signed_in_user",
    "financehub.config.middleware.flash_messages",
    "allauth.account.middleware.AccountMiddleware",
    "financehub.web.middleware.current_company",
    "financehub.web.csp.content_security_policy",
    "financehub.config.middleware.without_nul",
]

ROOT_URLCONF = "financehub.config.urls"
WSGI_APPLICATION = "financehub.config.wsgi.application"
TEMPLATES = [
    {
        "BACKEND": "django.template.backends.django.DjangoTemplates",
        "APP_DIRS": True,
        "OPTIONS": {
            "context_processors": [
                "django.template.context_processors.request",
                "django.contrib.auth.context_processors.auth",
                "django.contrib.messages.context_processors.messages",
                "financehub.web.context.page",
            ],
        },
    },
]

DATABASES = {"default": env.database(env.text("DATABASE_URL", "sqlite:///data/finance-hub.sqlite3"))}
DEFAULT_AUTO_FIELD = "django.db.models.BigAutoField"

AUTH_USER_MODEL = "companies.User"
AUTHENTICATION_BACKENDS = ["allauth.account.auth_backends.AuthenticationBackend"]
PASSWORD_HASHERS = [
    "django.contrib.auth.hashers.ScryptPasswordHasher",
    "django.contrib.auth.hashers.PBKDF2PasswordHasher",
]
AUTH_PASSWORD_VALIDATORS = [
    {"NAME": "django.contrib.auth.password_validation.UserAttributeSimilarityValidator"},
    {"NAME": "django.contrib.auth.password_validation.MinimumLengthValidator", "OPTIONS": {"min_length": 10}},
    {"NAME": "django.contrib.auth.password_validation.CommonPasswordValidator"},
]
ACCOUNT_LOGIN_METHODS = {"email"}
ACCOUNT_SIGNUP_FIELDS = ["email*", "password1*"]
ACCOUNT_USER_MODEL_USERNAME_FIELD = None
ACCOUNT_EMAIL_VERIFICATION = env.text("FINANCEHUB_EMAIL_VERIFICATION", "optional")
ACCOUNT_ADAPTER = "financehub.companies.adapter.AccountAdapter"
ACCOUNT_PREVENT_ENUMERATION = True
ACCOUNT_EMAIL_SUBJECT_PREFIX = ""
ACCOUNT_LOGOUT_REDIRECT_URL = "account_login"
MFA_ADAPTER = "financehub.companies.adapter.MfaAdapter"
MFA_ALLOW_UNVERIFIED_EMAIL = True  # offline there may be no mail server to verify with
MFA_TOTP_ISSUER = "Finance Hub"
MFA_TOTP_TOLERANCE = 1
LOGIN_URL = "account_login"
LOGIN_REDIRECT_URL = "/"

EMAIL_FILE_PATH = env.text("FINANCEHUB_MAIL_DIR")
EMAIL_HOST = env.text("SMTP_HOST")
EMAIL_BACKEND = env.mail_backend(host=EMAIL_HOST, folder=EMAIL_FILE_PATH)
EMAIL_PORT = env.integer("SMTP_PORT", 25)
EMAIL_HOST_USER = env.text("SMTP_USER")
EMAIL_HOST_PASSWORD = env.text("SMTP_PASSWORD")
EMAIL_USE_TLS = env.flag("SMTP_TLS", default=False)
EMAIL_USE_SSL = env.flag("SMTP_SSL", default=False)
EMAIL_TIMEOUT = 15
DEFAULT_FROM_EMAIL = env.text("FINANCEHUB_FROM_EMAIL", "Finance Hub <no-reply@localhost>")

REDIS_URL = env.redis_url()
CACHES: dict[str, dict[str, object]] = {
    "default": {
        "BACKEND": "financehub.core.cache.EnduringRedisCache",
        "LOCATION": REDIS_URL,
        "OPTIONS": {"socket_timeout": 2},
    }
    if REDIS_URL
    else {"BACKEND": "django.core.cache.backends.locmem.LocMemCache", "LOCATION": "finance-hub"}
}
SESSION_ENGINE = "django.contrib.sessions.backends.db"
SESSION_COOKIE_SECURE = CSRF_COOKIE_SECURE = IS_HTTPS
SESSION_COOKIE_SAMESITE = CSRF_COOKIE_SAMESITE = "Lax"
CSRF_TRUSTED_ORIGINS = [PUBLIC_URL]
SECURE_HSTS_SECONDS = 31_536_000 if IS_HTTPS else 0
SECURE_REFERRER_POLICY = "same-origin"
SECURE_CROSS_ORIGIN_OPENER_POLICY = "same-origin-allow-popups"
X_FRAME_OPTIONS = "DENY"
DATA_UPLOAD_MAX_MEMORY_SIZE = 5 * 1024 * 1024

LANGUAGE_CODE = "pt-br"
FORMAT_MODULE_PATH = "financehub.web.formats"
LANGUAGES = [("pt-br", "Portuguese"), ("en", "English")]
LOCALE_PATHS = [SOURCE / "web" / "locale"]
USE_I18N = USE_TZ = USE_THOUSAND_SEPARATOR = True
TIME_ZONE = "America/Sao_Paulo"
CLOCK_AHEAD = env.ahead("FINANCEHUB_CLOCK_AHEAD_SECONDS", live_key=env.text("STRIPE_SECRET_KEY"))

STATIC_URL = "/static/"
STATIC_ROOT = env.text("FINANCEHUB_STATIC_ROOT", str(SOURCE / "static_collected"))
STORAGES = {
    "default": {"BACKEND": "django.core.files.storage.FileSystemStorage"},
    "staticfiles": {"BACKEND": "django.contrib.staticfiles.storage.StaticFilesStorage"},
}

PLUGGY_CLIENT_ID = env.text("PLUGGY_CLIENT_ID")
PLUGGY_CLIENT_SECRET = env.text("PLUGGY_CLIENT_SECRET")
PLUGGY_BASE_URL = env.text("PLUGGY_BASE_URL", "https://api.pluggy.ai").rstrip("/")
PLUGGY_CONNECT_URL = env.text("PLUGGY_CONNECT_URL", "https://connect.pluggy.ai").rstrip("/")
PLUGGY_USE_SANDBOX = env.flag("PLUGGY_USE_SANDBOX", default=False)
PLUGGY_WEBHOOK_SECRET = env.words("PLUGGY_WEBHOOK_SECRET")
PLUGGY_WEBHOOK_URL = env.text("PLUGGY_WEBHOOK_URL")
PLUGGY_WEBHOOK_ADDRESSES = env.words("PLUGGY_WEBHOOK_ADDRESSES")
PLUGGY_WEBHOOK_SIGNATURE_SECRET = env.words("PLUGGY_WEBHOOK_SIGNATURE_SECRET")
PLUGGY_WEBHOOK_SIGNATURE_HEADER = env.text("PLUGGY_WEBHOOK_SIGNATURE_HEADER", "X-Pluggy-Signature")
PLUGGY_WEBHOOK_SIGNATURE_ENCODING = env.text("PLUGGY_WEBHOOK_SIGNATURE_ENCODING", "hex")
PLUGGY_ATTEMPTS = env.integer("PLUGGY_ATTEMPTS", 3)
PLUGGY_KEY_SECONDS = env.integer("PLUGGY_KEY_SECONDS", 3600)

STRIPE_SECRET_KEY = env.text("STRIPE_SECRET_KEY")
STRIPE_API_BASE = env.text("STRIPE_API_BASE", "https://api.stripe.com").rstrip("/")
STRIPE_FILES_BASE = env.text("STRIPE_FILES_BASE", "https://files.stripe.com").rstrip("/")
STRIPE_API_VERSION = "2026-10-28.endive"  # what this code was tested with, not a choice of the operator
STRIPE_ACCOUNT_ID = env.text("STRIPE_ACCOUNT_ID")
STRIPE_WEBHOOK_SECRET = env.words("STRIPE_WEBHOOK_SECRET")
CONNECT_PLANS = env.choices(
    "FINANCEHUB_CONNECT_PLANS", plans.THAT_CONNECT
)  # empty: every plan connects banks
STRIPE_FRAUD_REFUND_CENTS = env.integer("STRIPE_FRAUD_REFUND_CENTS", 199_00)  # a month of the largest plan
STRIPE_WEBHOOK_URL = env.text("STRIPE_WEBHOOK_URL")
STRIPE_WEBHOOK_ADDRESSES = env.words("STRIPE_WEBHOOK_ADDRESSES")

TELEGRAM_BOT_TOKEN = env.text("TELEGRAM_BOT_TOKEN")
TELEGRAM_API_BASE = env.text("TELEGRAM_API_BASE", "https://api.telegram.org").rstrip("/")
TELEGRAM_WEBHOOK_URL = env.text("TELEGRAM_WEBHOOK_URL")
TELEGRAM_WEBHOOK_SECRET = env.text("TELEGRAM_WEBHOOK_SECRET")
TELEGRAM_CREDENTIALS_IN_CHAT = env.flag("TELEGRAM_CREDENTIALS_IN_CHAT", default=False)

WEBHOOK_RATE_PER_TYPE = env.integer("FINANCEHUB_WEBHOOK_RATE", 6000)
WEBHOOK_RETENTION_DAYS = env.integer("FINANCEHUB_WEBHOOK_RETENTION_DAYS", 90)
METRICS_TOKEN = env.text("FINANCEHUB_METRICS_TOKEN")

VAPID_KEY = env.text("FINANCEHUB_VAPID_KEY")
WEBHOOK_NETWORKS = env.words("FINANCEHUB_WEBHOOK_NETWORKS")
REALTIME_URL = env.text("REALTIME_URL", "ws://127.0.0.1:8001/ws")
SYNC_START_GAP_SECONDS = env.integer("FINANCEHUB_SYNC_START_GAP_MS", 500) / 1000
RAW_RETENTION_DAYS = env.integer("FINANCEHUB_RAW_RETENTION_DAYS", 90)

CELERY_BROKER_URL = env.text("CELERY_BROKER_URL", REDIS_URL)
CELERY_TIMEZONE = TIME_ZONE
CELERY_TASK_ACKS_LATE = CELERY_TASK_REJECT_ON_WORKER_LOST = CELERY_TASK_IGNORE_RESULT = True
CELERY_TASK_ALWAYS_EAGER = env.flag("CELERY_TASK_ALWAYS_EAGER", default=False)
CELERY_BROKER_TRANSPORT_OPTIONS = {
    "visibility_timeout": 1800,
    "max_retries": 1,  # a broker that is away costs a web request milliseconds, not the default six seconds
    "interval_start": 0,
    "interval_step": 0.1,
    "interval_max": 0.2,
}
CELERY_BROKER_CONNECTION_RETRY_ON_STARTUP = True
CELERY_WORKER_HIJACK_ROOT_LOGGER = False
CELERY_BEAT_SCHEDULER = "financehub.config.ticker:TimetableScheduler"
CELERY_BEAT_ENABLE_REMOTE_CONTROL = False  # beat is known by its heartbeat row
TIMETABLE = beat.TABLE
# Who says what waits in rows: functions of a moment that answer timetable.backlogs.Backlog.
BACKLOGS = [
    "financehub.timetable.backlogs.of_timetable",
    "financehub.notifications.waiting.look",
    "financehub.banking.waiting.look",
    "financehub.webhooks.waiting.look",
    "financehub.bot.waiting.look",
]
# Who says things in a chat in words of its own: functions of a TelegramChat and a Notification, true for what they say.
CHAT_SPEAKERS = ["financehub.bot.speaking.speaks_of"]

LOG_LEVEL = env.text("FINANCEHUB_LOG_LEVEL", "INFO").upper()
LOG_JSON = env.flag("FINANCEHUB_LOG_JSON", default=True)
LOGGING_CONFIG = None
logs.configure(level=LOG_LEVEL, as_json=LOG_JSON)
