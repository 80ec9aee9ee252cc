"""What is typed about a proposal."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from django import forms
from django.core.exceptions import ValidationError

from amtweb.proposals.drafts import LETTERS
from amtweb.proposals.models import LONGEST_TITLE
from amtweb.sharing.forms import LinkForm

if TYPE_CHECKING:
    from amtweb.proposals.drafts import Draft

LONGEST_TEXT = 5_000
LONGEST_WORDS = 2_000
LONGEST_LABEL = 80
NOBODY = ""


class PlainText(forms.CharField):
    """Text that shows as it was typed: no signs that cannot be seen, line ends of one kind."""

    def __init__(self, *, lines: int = 1, **more: Any) -> None:
        if lines > 1:
            more["widget"] = forms.Textarea(attrs={"rows": lines})
        self.has_lines = lines > 1
        super().__init__(**more)

    def to_python(self, value: Any) -> str:
        """The text with plain line ends."""
        text = super().to_python(value) or ""
        text = text.replace("\r\n", "\n").replace("\r", "\n").replace("\t", " ")
        return text if self.has_lines else " ".join(text.split("\n"))

    def validate(self, value: str) -> None:
        """Refuses what cannot be shown."""
        super().validate(value)
        unseen = [sign for sign in value if sign != "\n" and _cannot_be_shown(sign)]
        if unseen:
            raise ValidationError(f"It holds a sign that cannot be shown: {unseen[0]!a}.")


def _cannot_be_shown(sign: str) -> bool:
    return ord(sign) < 32 or 127 <= ord(sign) < 160 or 0xD800 <= ord(sign) < 0xE000


def _title() -> PlainText:
    return PlainText(
        label="Title",
        max_length=LONGEST_TITLE,
        error_messages={"required": "Enter a title."},
    )


class DraftForm(forms.Form):
    """The words of a draft: those around, and a label and words for each scenario."""

    version = forms.IntegerField(widget=forms.HiddenInput, min_value=0, max_value=2**62)
    title = _title()
    before = PlainText(
        label="Your words before the scenarios", required=False, lines=6, max_length=LONGEST_TEXT
    )
    after = PlainText(
        label="Your words after them", required=False, lines=5, max_length=LONGEST_TEXT
    )
    recommended = forms.ChoiceField(required=False)

    def __init__(self, draft: Draft, version: int, posted: Any = None) -> None:
        super().__init__(posted, auto_id="draft-%s", label_suffix="")
        self.draft = draft
        self.initial.update({name: draft[name] for name in ("title", "before", "after")})
        self.initial.update(version=version, recommended=NOBODY)
        choices = [(NOBODY, "None of them")]
        for letter, each in zip(LETTERS, draft["alternatives"], strict=False):
            self._add(letter, each)
            choices.append((each["key"], letter))
        recommended = self.fields["recommended"]
        assert isinstance(recommended, forms.ChoiceField)  # noqa: S101  (it stands above)
        recommended.choices = choices

    def _add(self, letter: str, each: dict[str, Any]) -> None:
        key = each["key"]
        self.fields[f"label-{key}"] = PlainText(
            label=f"{letter} is called",
            max_length=LONGEST_LABEL,
            error_messages={"required": f"Say what {letter} is called."},
        )
        self.fields[f"words-{key}"] = PlainText(
            label=f"Your words about {letter}", required=False, lines=4, max_length=LONGEST_WORDS
        )
        self.initial.update({f"label-{key}": each["label"], f"words-{key}": each["words"]})
        if each["recommended"]:
            self.initial["recommended"] = key

    @property
    def written(self) -> Draft:
        """The draft with what was typed."""
        typed = self.cleaned_data
        alternatives = [
            each
            | {
                "label": typed[f"label-{each['key']}"],
                "words": typed[f"words-{each['key']}"],
                "recommended": typed["recommended"] == each["key"],
            }
            for each in self.draft["alternatives"]
        ]
        texts = {name: typed[name] for name in ("title", "before", "after")}
        return self.draft | texts | {"alternatives": alternatives}


class NewForm(forms.Form):
    """The title of a new proposal; which scenarios it has is read beside it."""

    title = _title()


class IssueLinkForm(LinkForm):
    """For whom a link to an issue is, and how long it works."""

    may_copy = hides_amounts = hides_names = shows = None  # type: ignore[assignment]
