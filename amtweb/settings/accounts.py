"""How people sign in: what django-allauth is told, and how long a session lasts."""

from __future__ import annotations

from datetime import timedelta

AUTH_USER_MODEL = "accounts.User"
AUTHENTICATION_BACKENDS = ["allauth.account.auth_backends.AuthenticationBackend"]
LOGIN_URL = "account_login"
LOGIN_REDIRECT_URL = "scenarios:library"
LOGOUT_REDIRECT_URL = "welcome:landing"

AUTH_PASSWORD_VALIDATORS = [
    {"NAME": "amtweb.accounts.passwords.LengthValidator"},
    {"NAME": "django.contrib.auth.password_validation.CommonPasswordValidator"},
    {
        "NAME": "django.contrib.auth.password_validation.UserAttributeSimilarityValidator",
        "OPTIONS": {"user_attributes": ["email"]},
    },
    {"NAME": "amtweb.accounts.passwords.DressedUpValidator"},
]

ACCOUNT_ADAPTER = "amtweb.accounts.adapters.AccountAdapter"
ACCOUNT_LOGIN_METHODS = {"email"}
ACCOUNT_SIGNUP_FIELDS = ["email*", "password1*"]
ACCOUNT_USER_MODEL_USERNAME_FIELD = None
# Codes and not links: a mail scanner that opens links changes nothing, no mail names a host, and
# what an anonymous visitor made is claimed by the browser that made it.
ACCOUNT_EMAIL_VERIFICATION = "mandatory"
ACCOUNT_EMAIL_VERIFICATION_BY_CODE_ENABLED = True
ACCOUNT_EMAIL_VERIFICATION_SUPPORTS_RESEND = True
ACCOUNT_PASSWORD_RESET_BY_CODE_ENABLED = True
ACCOUNT_PASSWORD_RESET_BY_CODE_TIMEOUT = int(timedelta(minutes=15).total_seconds())
ACCOUNT_CHANGE_EMAIL = True
ACCOUNT_EMAIL_NOTIFICATIONS = True
ACCOUNT_EMAIL_SUBJECT_PREFIX = ""
ACCOUNT_LOGOUT_ON_PASSWORD_CHANGE = True
ACCOUNT_REAUTHENTICATION_REQUIRED = True
ACCOUNT_SESSION_REMEMBER = True
ACCOUNT_FORMS = {
    "signup": "amtweb.accounts.forms.SignUpForm",
    "login": "amtweb.accounts.forms.SignInForm",
    "reauthenticate": "amtweb.accounts.forms.ConfirmByPasswordForm",
    "add_email": "amtweb.accounts.forms.NewAddressForm",
    "change_password": "amtweb.accounts.forms.ChangePasswordForm",
    "reset_password": "amtweb.accounts.forms.ForgottenPasswordForm",
    "reset_password_from_key": "amtweb.accounts.forms.NewPasswordForm",
    "confirm_password_reset_code": "amtweb.accounts.forms.PasswordCodeForm",
    "confirm_email_verification_code": "amtweb.accounts.forms.AddressCodeForm",
}

MFA_ADAPTER = "amtweb.accounts.adapters.SecondStepAdapter"
MFA_SUPPORTED_TYPES = ["totp", "webauthn", "recovery_codes"]
MFA_PASSKEY_LOGIN_ENABLED = True
MFA_TOTP_ISSUER = "amtweb"
MFA_FORMS = {
    "authenticate": "amtweb.accounts.forms.SecondStepForm",
    "reauthenticate": "amtweb.accounts.forms.ConfirmByCodeForm",
    "activate_totp": "amtweb.accounts.forms.AddAppForm",
    "add_webauthn": "amtweb.accounts.passkey_forms.AddPasskeyForm",
    "authenticate_webauthn": "amtweb.accounts.passkey_forms.SecondStepByPasskeyForm",
    "login_webauthn": "amtweb.accounts.passkey_forms.SignInByPasskeyForm",
    "reauthenticate_webauthn": "amtweb.accounts.passkey_forms.ConfirmByPasskeyForm",
}

# From signing in, whatever is done meanwhile.
LONGEST_SIGN_IN = timedelta(days=14)
# At work in a firm: from the last second step, and from the last thing that was done there.
LONGEST_IN_A_FIRM = timedelta(hours=12)
LONGEST_IDLE_IN_A_FIRM = timedelta(minutes=60)
# Of an anonymous visitor, from the last change.
SESSION_COOKIE_AGE = int(timedelta(days=30).total_seconds())

# Marks a browser that has signed in to an account.
KNOWN_BROWSER_COOKIE_NAME = "knownbrowser"

# In the database, because the limits on attempts must hold across processes. Culling deletes keys
# by their order, limits in force among them, and so must stay the exception.
CACHES = {
    "default": {
        "BACKEND": "django.core.cache.backends.db.DatabaseCache",
        "LOCATION": "cache",
        "OPTIONS": {"MAX_ENTRIES": 100_000},
    }
}

# Whether the processes of the site clear away by themselves, once a day.
DAILY_UPKEEP = False
