"""The forms that take what a browser answers for a passkey.

The answer is JSON of anybody's making, and what it is read with trusts its shape.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from allauth.mfa.adapter import get_adapter
from allauth.mfa.webauthn import forms as webauthn
from django import forms
from django.core.exceptions import ValidationError

from amtweb.accounts.forms import Plain

if TYPE_CHECKING:
    from allauth.mfa.models import Authenticator

LONGEST_ANSWER = 16 * 1024
LONGEST_NAME = 60
# Of the readers beneath, for bytes that are no answer although their shape is right.
NO_ANSWER = (ArithmeticError, AttributeError, LookupError, TypeError, ValueError)


class AnswerField(forms.JSONField):
    def to_python(self, value: Any) -> Any:
        """An answer: texts, and under ``response`` texts.

        Raises:
            ValidationError: It is not of that shape.
        """
        try:
            answer = super().to_python(value) if len(value or "") <= LONGEST_ANSWER else None
        except RecursionError:
            answer = None
        if value and not _is_answer(answer):
            raise get_adapter().validation_error("incorrect_code")
        return answer

    def bound_data(self, data: Any, initial: Any) -> None:
        """Nothing: an answer is good once, and is not shown again."""

    def prepare_value(self, value: Any) -> str:
        """The same."""
        return ""


def _is_answer(answer: Any) -> bool:
    if not isinstance(answer, dict) or not isinstance(answer.get("response"), dict):
        return False
    named = [answer.get(name) for name in ("id", "rawId", "type")]
    said = [answer["response"].get(name, "") for name in ("clientDataJSON", "userHandle")]
    return all(isinstance(text, str) for text in named) and all(
        isinstance(text, str | None) for text in said
    )


class TakesAnswer(Plain):
    """Takes for wrong what cannot be read."""

    credential = AnswerField(widget=forms.HiddenInput)

    def clean_credential(self) -> Authenticator | dict[str, Any]:
        """The passkey that gave the answer, or the answer where that is made later."""
        check = getattr(super(), "clean_credential", None)
        if check is None:
            answer: dict[str, Any] = self.cleaned_data["credential"]
            return answer
        try:
            passkey: Authenticator = check()
        except ValidationError:
            raise
        except NO_ANSWER:
            raise get_adapter().validation_error("incorrect_code") from None
        return passkey


class SignInByPasskeyForm(TakesAnswer, webauthn.LoginWebAuthnForm):
    pass


class SecondStepByPasskeyForm(TakesAnswer, webauthn.AuthenticateWebAuthnForm):
    pass


class ConfirmByPasskeyForm(TakesAnswer, webauthn.ReauthenticateWebAuthnForm):
    pass


class AddPasskeyForm(TakesAnswer, webauthn.AddWebAuthnForm):
    """Of a key that is kept on the device and asks who uses it, and so can stand alone."""

    passwordless = None
    helps = {"name": "Such as the device that keeps it."}

    def clean_name(self) -> str:
        """A name of a length that fits on a line."""
        name: str = super().clean_name()
        return name[:LONGEST_NAME]

    def clean(self) -> dict[str, Any]:
        """Holds the key to having asked who uses it.

        Raises:
            ValidationError: What the browser sent is no new passkey.
        """
        self.cleaned_data["passwordless"] = True
        try:
            return super().clean() or {}
        except ValidationError:
            raise
        except NO_ANSWER:
            raise get_adapter().validation_error("incorrect_code") from None
