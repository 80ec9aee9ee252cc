"""What is typed about firms, their members and their clients."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from django import forms

from amtweb.firms.models import LONGEST_NOTES, Client, Firm, Invitation, Person, Role, Tag

if TYPE_CHECKING:
    from amtweb.firms.models import Member

MOST_PEOPLE = 6
MOST_TAGS = 20
LONGEST_TAG = 40
FIRST_BORN, LAST_BORN = 1900, 2100


class FirmForm(forms.ModelForm):  # type: ignore[type-arg]
    class Meta:
        model = Firm
        fields = ("name", "disclaimer")
        labels = {"name": "Name of the firm", "disclaimer": "Disclaimer on what clients receive"}
        error_messages = {"name": {"required": "Enter the name of the firm."}}
        widgets = {"disclaimer": forms.Textarea(attrs={"rows": 4})}

    def clean_name(self) -> str:
        """The name on one line: it stands in the subjects of mails."""
        return " ".join(self.cleaned_data["name"].split())


class InvitationForm(forms.ModelForm):  # type: ignore[type-arg]
    class Meta:
        model = Invitation
        fields = ("email", "role")
        labels = {"email": "E-mail address", "role": "Role"}
        error_messages = {
            "email": {
                "required": "Enter an e-mail address.",
                "invalid": "This is not an e-mail address.",
            }
        }

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        role = self.fields["role"]
        assert isinstance(role, forms.TypedChoiceField)  # noqa: S101  (its model says so)
        # Without an empty choice: the page begins with the usual one.
        role.choices = Role.choices


class ClientForm(forms.ModelForm):  # type: ignore[type-arg]
    """A client with the people of the household and the tags, each as lines of text."""

    people = forms.CharField(
        label="People of the household",
        required=False,
        help_text="One a line; a year of birth may follow the name: Ada Lovelace, 1985.",
        widget=forms.Textarea(attrs={"rows": 2}),
    )
    tag_names = forms.CharField(
        label="Tags", required=False, help_text="Separated by commas.", max_length=1_000
    )

    class Meta:
        model = Client
        fields = ("name", "advisor", "notes")
        labels = {"name": "Name of the household", "advisor": "Advisor in charge", "notes": "Notes"}
        help_texts = {"notes": "For your firm alone: no client ever sees them."}
        error_messages = {
            "name": {"required": "Enter a name."},
            "notes": {"max_length": f"Notes are up to {LONGEST_NOTES:,} characters."},
        }
        widgets = {"notes": forms.Textarea(attrs={"rows": 5})}

    field_order = ("name", "people", "advisor", "tag_names", "notes")

    def __init__(self, *args: Any, member: Member, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.member = member
        colleagues = member.firm.members.select_related("user")
        advisor = self.fields["advisor"]
        assert isinstance(advisor, forms.ModelChoiceField)  # noqa: S101  (its model says so)
        advisor.queryset = colleagues
        advisor.label_from_instance = _address  # type: ignore[method-assign, assignment]
        advisor.empty_label = "Nobody yet"
        if self.instance.pk:
            self.initial["people"] = "\n".join(
                f"{each.name}, {each.born}" if each.born else each.name
                for each in self.instance.people.all()
            )
            self.initial["tag_names"] = ", ".join(tag.name for tag in self.instance.tags.all())

    def clean_people(self) -> list[Person]:
        """The people, unsaved."""
        lines = [line.strip() for line in self.cleaned_data["people"].splitlines() if line.strip()]
        if len(lines) > MOST_PEOPLE:
            raise forms.ValidationError(f"Enter up to {MOST_PEOPLE} people.")
        return [_person(line) for line in lines]

    def clean_tag_names(self) -> list[str]:
        """The tags, each once whatever its capitals."""
        names: dict[str, str] = {}
        for name in self.cleaned_data["tag_names"].split(","):
            tidy = " ".join(name.split())
            if len(tidy) > LONGEST_TAG:
                raise forms.ValidationError(f"“{tidy[:20]}…” is longer than {LONGEST_TAG} letters.")
            if tidy:
                names.setdefault(tidy.casefold(), tidy)
        if len(names) > MOST_TAGS:
            raise forms.ValidationError(f"Enter up to {MOST_TAGS} tags.")
        return list(names.values())

    def keep(self) -> Client:
        """Stores the client with people and tags."""
        client: Client = self.save(commit=False)
        client.firm = self.member.firm
        client.save()
        self._keep_people(client)
        client.tags.set([_tag(client.firm, name) for name in self.cleaned_data["tag_names"]])
        return client

    def _keep_people(self, client: Client) -> None:
        """Who is named again stays who they were: an account may be theirs."""
        known = {person.name: person for person in client.people.all()}
        for person in self.cleaned_data["people"]:
            kept = known.pop(person.name, person)
            kept.client, kept.born = client, person.born
            kept.save()
        client.people.filter(pk__in=[person.pk for person in known.values()]).delete()


def _address(member: Member) -> str:
    return member.user.email


def _person(line: str) -> Person:
    name, comma, year = (part.strip() for part in line.rpartition(","))
    if not comma:
        return Person(name=line)
    if not (year.isascii() and year.isdigit() and FIRST_BORN <= int(year[:5]) <= LAST_BORN):
        raise forms.ValidationError(f"“{year}” is no year of birth; write 1985.")
    if not name:
        raise forms.ValidationError(f"A name is missing before “{year}”.")
    return Person(name=name, born=int(year))


def _tag(firm: Firm, name: str) -> Tag:
    found = firm.tags.filter(name__iexact=name).first()
    return found or firm.tags.create(name=name)
