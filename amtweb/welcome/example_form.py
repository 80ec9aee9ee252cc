"""The four numbers of the first page's example: a number box each, with a slider beside it."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any, Final, NamedTuple

from amtweb.scenarios.editor import wording
from amtweb.welcome.example import EXERCISED, SOLD, Asked
from amtweb.welcome.typed_fields import BoundedAmount, MarkedForm, PriceField, SharesField

if TYPE_CHECKING:
    from collections.abc import Mapping

    from django.forms import BoundField


class Slider(NamedTuple):
    """A range beside a number box, which takes more than the range has."""

    start: float
    most: float
    step: float
    unit: str = ""


class Dial(NamedTuple):
    """A slider and its number box, as the page has them."""

    field: BoundField
    unit: str
    most: str
    step: str
    at: str
    """Where the slider stands, as HTML wants it."""
    text: str
    """The same in words."""


SLIDERS: Final = {
    "shares": Slider(15_000, 30_000, 500),
    "value": Slider(22, 50, 0.5, "$"),
    "price": Slider(8, 50, 0.5, "$"),
    "gain": Slider(150_000, 300_000, 5_000, "$"),
}


class ExampleForm(MarkedForm):
    """The four numbers; what is not asked for is as the page begins."""

    shares = SharesField(f"Options exercised in {EXERCISED}")
    value = PriceField("Value of a share that day")
    price = PriceField(f"Sold in {SOLD} at")
    gain = BoundedAmount(f"Other gains taken in {SOLD}")

    def __init__(self, asked: Mapping[str, Any]) -> None:
        starts = {name: wording.write_amount(slider.start) for name, slider in SLIDERS.items()}
        super().__init__(starts | {name: asked[name] for name in starts if name in asked})

    def dials(self) -> list[Dial]:
        """The number boxes, each with its slider."""
        asked = self.asked()._asdict()
        return [
            Dial(
                self[name],
                slider.unit,
                f"{slider.most:g}",
                f"{slider.step:g}",
                f"{asked[name]:.12g}",
                f"{slider.unit}{wording.write_amount(asked[name])}",
            )
            for name, slider in SLIDERS.items()
        ]

    def asked(self) -> Asked:
        """The numbers; in place of one that cannot be read, that which the page begins with."""
        read: dict[str, float] = self.cleaned_data
        return Asked(**{name: read.get(name, slider.start) for name, slider in SLIDERS.items()})
