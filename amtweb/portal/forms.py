"""What firms and clients type to each other."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from django import forms

from amtweb.portal.models import LONGEST_REASON, LONGEST_WORDS, ClientInvitation

if TYPE_CHECKING:
    from amtweb.firms.models import Client


class PlainText(forms.CharField):
    """Several lines of text, without what no page can show."""

    def __init__(self, longest: int, *, rows: int = 3, **kwargs: Any) -> None:
        too_long = {"max_length": f"Write up to {longest:,} characters."}
        kwargs["error_messages"] = too_long | kwargs.get("error_messages", {})
        widget = forms.Textarea(attrs={"rows": rows, "maxlength": longest})
        super().__init__(max_length=longest, widget=widget, **kwargs)

    def to_python(self, value: Any) -> str:
        text = str(value or "").replace("\r\n", "\n")
        shown = "".join(each for each in text if each == "\n" or each.isprintable())
        return str(super().to_python(shown))


class InvitationForm(forms.ModelForm):  # type: ignore[type-arg]
    class Meta:
        model = ClientInvitation
        fields = ("email", "person")
        labels = {"email": "E-mail address", "person": "Who it is"}
        error_messages = {
            "email": {
                "required": "Enter an e-mail address.",
                "invalid": "This is not an e-mail address.",
            }
        }

    def __init__(self, *args: Any, client: Client, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        person = self.fields["person"]
        assert isinstance(person, forms.ModelChoiceField)  # noqa: S101  (its model says so)
        person.queryset = client.people.all()
        person.empty_label = "Not said"


class PublishForm(forms.Form):
    words = PlainText(LONGEST_WORDS, required=False, label="A few words to the client")


class CommentForm(forms.Form):
    about = forms.CharField(required=False)
    text = PlainText(
        LONGEST_WORDS,
        label="Comment",
        error_messages={"required": "Write a comment first."},
    )


class SuggestionForm(forms.Form):
    message = PlainText(LONGEST_WORDS, required=False, label="A message to your advisor")


class DeclineForm(forms.Form):
    reason = PlainText(
        LONGEST_REASON,
        label="Why not? The client reads this",
        error_messages={"required": "Say why: the client reads it."},
    )
