"""The forms of django-allauth in the site's words, with what it leaves open closed."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from allauth.account import forms as account
from allauth.mfa.adapter import get_adapter
from allauth.mfa.base import forms as second_step
from allauth.mfa.base.internal.flows import check_rate_limit
from allauth.mfa.internal.flows.add import validate_can_add_authenticator
from allauth.mfa.totp.internal.auth import generate_totp_secret, validate_totp_code
from django import forms
from django.contrib.auth.hashers import make_password
from django.core.exceptions import ValidationError
from django.core.validators import (
    EmailValidator,
    MaxLengthValidator,
    ProhibitNullCharactersValidator,
)
from django.db import IntegrityError, transaction
from django.utils.crypto import salted_hmac

from amtweb.accounts.passwords import ADVICE, LONGEST
from amtweb.accounts.sealing import seal, unseal
from amtweb.accounts.sign_ins import limit_session

if TYPE_CHECKING:
    from django.http import HttpRequest, HttpResponse

    from amtweb.accounts.models import User

WORDS = {
    "email": ("E-mail address", "Enter an e-mail address."),
    "login": ("E-mail address", "Enter your e-mail address."),
    "password": ("Password", "Enter your password."),
    "oldpassword": ("Present password", "Enter your present password."),
    "password1": ("New password", "Choose a password."),
    "code": ("Code", "Enter the code."),
    "name": ("Name of this passkey", ""),
    "credential": ("", "The browser sent no passkey. Try again."),
}
LONGEST_ADDRESS = 254
NO_ADDRESS = "This is not an e-mail address."
MINUTES_FOR_AN_APP = 15
FORGOTTEN = "forgotten_password"


def validate_domain(address: str) -> None:
    """Takes domains that have a form in ASCII, which mail needs.

    Raises:
        ValidationError: There is none for a character in it.
    """
    try:
        address.rpartition("@")[2].encode("idna")
    except UnicodeError:
        raise ValidationError(NO_ADDRESS, code="invalid") from None


class Plain(forms.Form):
    """Labels in place of placeholders, and no more to hash than a password may have."""

    words: dict[str, tuple[str, str]] = {}
    helps: dict[str, str] = {}

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        # Passwords are shown on demand rather than typed twice.
        self.fields.pop("password2", None)
        for name, field in self.fields.items():
            field.widget.attrs.pop("placeholder", None)
            field.label, missing = (WORDS | self.words).get(name, (field.label, ""))
            if missing:
                field.error_messages["required"] = missing
            if isinstance(field, forms.EmailField):
                field.validators = [
                    ProhibitNullCharactersValidator(),
                    EmailValidator(NO_ADDRESS),
                    validate_domain,
                    MaxLengthValidator(LONGEST_ADDRESS, "No e-mail address is as long as this."),
                ]
            field.help_text = self.helps.get(name, "")
            if isinstance(field.widget, forms.PasswordInput):
                too_long = f"No password has more than {LONGEST} characters."
                field.validators.append(MaxLengthValidator(LONGEST, too_long))


class SignUpForm(Plain, account.SignupForm):
    account_already_exists: bool
    words = {"password1": ("Password", "Choose a password.")}
    helps = {"password1": ADVICE, "email": "We send a code there, to see that it is yours."}

    def try_save(self, request: HttpRequest) -> tuple[User | None, HttpResponse | None]:
        """The new user, or an answer that does not tell that the address has an account."""
        if self.account_already_exists:
            # As long as it takes to store a new one.
            make_password(self.cleaned_data["password1"])
        else:
            try:
                with transaction.atomic():
                    return super().try_save(request)  # type: ignore[no-any-return]
            except IntegrityError:
                # Somebody has just taken the address.
                self.account_already_exists = True
        return super().try_save(request)  # type: ignore[no-any-return]


class SignInForm(Plain, account.LoginForm):
    def login(self, request: HttpRequest, redirect_url: str | None = None) -> HttpResponse:
        """Signs in, or leads to the next step; how long it lasts is for the adapter to say."""
        expiry = request.session.get("_session_expiry")
        response: HttpResponse = super().login(request, redirect_url=redirect_url)
        if request.user.is_authenticated:
            limit_session(request)
        elif expiry is None:
            request.session.set_expiry(None)
        return response


class ConfirmByPasswordForm(Plain, account.ReauthenticateForm):
    pass


class NewAddressForm(Plain, account.AddEmailForm):
    words = {"email": ("New e-mail address", "Enter the new address.")}
    helps = {"email": "We send a code there. Until you enter it, the present address stays."}


class ChangePasswordForm(Plain, account.ChangePasswordForm):
    helps = {"password1": ADVICE}


class ForgottenPasswordForm(Plain, account.ResetPasswordForm):
    def save(self, request: HttpRequest, **kwargs: Any) -> str:
        """Sends the code, bound to the password that is forgotten."""
        email: str = super().save(request, **kwargs)
        request.session[FORGOTTEN] = state_of(self.users[0]) if self.users else ""
        return email


def state_of(user: User) -> str:
    """Changes with the password and the address, so that codes sent before die."""
    return salted_hmac(FORGOTTEN, f"{user.password}|{user.email}", algorithm="sha256").hexdigest()


class NewPasswordForm(Plain, account.ResetPasswordKeyForm):
    helps = {"password1": ADVICE}


class PasswordCodeForm(Plain, account.ConfirmPasswordResetCodeForm):
    words = {"code": ("Code from the mail", "Enter the code from the mail.")}


class AddressCodeForm(Plain, account.ConfirmEmailVerificationCodeForm):
    words = {"code": ("Code from the mail", "Enter the code from the mail.")}


class SecondStepForm(Plain, second_step.AuthenticateForm):
    helps = {"code": "Six digits from your authenticator app, or one of your recovery codes."}


class ConfirmByCodeForm(Plain, second_step.ReauthenticateForm):
    helps = SecondStepForm.helps


class AddAppForm(Plain):
    """Carries the seed itself, sealed, so that looking at the page stores nothing."""

    code = forms.CharField(widget=forms.TextInput(attrs={"autocomplete": "one-time-code"}))
    sealed = forms.CharField(widget=forms.HiddenInput, required=False)
    words = {"code": ("Code that the app shows now", "Enter the code that the app shows.")}

    def __init__(self, *args: Any, user: User, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.user = user
        carried = self._carried()
        self.secret = carried or generate_totp_secret()
        if carried is None:
            self.initial["sealed"] = seal(f"{user.pk} {self.secret}")

    def _carried(self) -> str | None:
        """The seed that the page showed, if it was shown to this user and not long ago."""
        text = unseal(self.data.get("sealed", ""), seconds=MINUTES_FOR_AN_APP * 60)
        owner, _, secret = (text or "").partition(" ")
        return secret if owner == str(self.user.pk) else None

    def clean_code(self) -> str:
        """The code, if the app made it of the seed.

        Raises:
            ValidationError: It did not, or too many did not.
        """
        validate_can_add_authenticator(self.user)
        forget_attempts = check_rate_limit(self.user, error_key="rate_limited")
        code: str = self.cleaned_data["code"]
        if not validate_totp_code(self.secret, code):
            raise get_adapter().validation_error("incorrect_code")
        forget_attempts()
        return code

    def clean(self) -> dict[str, Any]:
        """Refuses a page that had been open for too long.

        Raises:
            ValidationError: The seed on it is not taken any more.
        """
        if "sealed" in self.initial:
            self.data = {**self.data, "sealed": self.initial["sealed"]}
            message = "This page had been open for too long. Scan the new picture."
            raise ValidationError(message)
        return self.cleaned_data
