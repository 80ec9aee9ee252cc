"""What a page says of the act that led to it: by a word in its address, so that reading it
changes nothing and a reload says it again.
"""

from __future__ import annotations

from django.urls import reverse

SENTENCES = {
    "address-changed": "Your e-mail address is changed.",
    "app-added": "Signing in now asks for a code of your authenticator app.",
    "app-removed": "The authenticator app is removed.",
    "closed": "This account is closed.",
    "deleted": "Your account and everything in it are deleted.",
    "passkey-added": "The passkey is added. You can sign in with it alone.",
    "passkey-refused": "This passkey was not accepted. Try again, or sign in with your password.",
    "passkey-removed": "The passkey is removed.",
    "password-changed": "Your password is changed. Sign in with the new one.",
    "sessions-ended": "Signed out there.",
    "too-many-codes": "Too many wrong codes. Begin again to get a new one.",
}


def address_of_account(word: str) -> str:
    """The account page, saying that."""
    return f"{reverse('account')}?said={word}"


def address_of_sign_in(word: str) -> str:
    """The page to sign in on, saying that."""
    return f"{reverse('account_login')}?said={word}"
