"""Reads pages and fragments as a browser does, as far as the tests need it."""

from __future__ import annotations

from dataclasses import dataclass, field
from functools import cached_property
from html.parser import HTMLParser

VOID = frozenset(("area", "br", "col", "hr", "img", "input", "link", "meta", "source", "wbr"))


@dataclass
class Element:
    """An element and what is in it."""

    tag: str
    attributes: dict[str, str]
    parent: Element | None = field(default=None, repr=False)
    children: list[Element | str] = field(default_factory=list, repr=False)

    @property
    def text(self) -> str:
        """All text inside."""
        return "".join(c if isinstance(c, str) else c.text for c in self.children)

    @property
    def elements(self) -> list[Element]:
        """The element itself and all inside it, in the order of the page."""
        inside = [e for c in self.children if isinstance(c, Element) for e in c.elements]
        return [self, *inside]


class Page(HTMLParser):
    """A page, or the pieces of one."""

    def __init__(self, html: bytes | str) -> None:
        super().__init__()
        self.root = self._open = Element("", {})
        self.feed(html.decode() if isinstance(html, bytes) else html)
        assert self._open is self.root, f"<{self._open.tag}> is not closed"

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        names = [name for name, _ in attrs]
        assert len(set(names)) == len(names), f"<{tag}> says something twice"
        element = Element(tag, {name: value or "" for name, value in attrs}, self._open)
        self._open.children.append(element)
        if tag not in VOID:
            self._open = element

    def handle_startendtag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        self.handle_starttag(tag, attrs)
        if tag not in VOID:
            self.handle_endtag(tag)

    def handle_endtag(self, tag: str) -> None:
        assert self._open.tag == tag, f"</{tag}> closes <{self._open.tag}>"
        assert self._open.parent is not None
        self._open = self._open.parent

    def handle_data(self, data: str) -> None:
        self._open.children.append(data)

    @cached_property
    def elements(self) -> list[Element]:
        return self.root.elements[1:]

    @property
    def pieces(self) -> list[Element]:
        """What stands outermost."""
        return [child for child in self.root.children if isinstance(child, Element)]

    @cached_property
    def ids(self) -> list[str]:
        return [e.attributes["id"] for e in self.elements if "id" in e.attributes]

    def find(self, element_id: str) -> Element:
        """The one element of that id."""
        (found,) = (e for e in self.elements if e.attributes.get("id") == element_id)
        return found

    def all(self, tag: str) -> list[Element]:
        return [e for e in self.elements if e.tag == tag]

    def fields(self, form: str = "bench") -> dict[str, str]:
        """What a browser would send of a form when none of its buttons is pressed."""
        return {
            control.attributes["name"]: _value_of(control)
            for control in self.find(form).elements
            if control.tag in ("input", "select", "textarea")
            and "name" in control.attributes
            and "disabled" not in control.attributes
            and not (control.tag == "select" and not _options_of(control))
        }

    def buttons(self, name: str = "op") -> list[str]:
        """The values of the buttons of that name that can be pressed."""
        on = (b.attributes for b in self.all("button") if "aria-disabled" not in b.attributes)
        named = (attributes for attributes in on if attributes.get("name") == name)
        return [attributes["value"] for attributes in named]


def _options_of(control: Element) -> list[Element]:
    return [e for e in control.elements if e.tag == "option"]


def _value_of(control: Element) -> str:
    if control.tag == "textarea":
        return control.text
    if control.tag == "select":
        options = _options_of(control)
        chosen = [option for option in options if "selected" in option.attributes]
        return (chosen or options)[0].attributes["value"]
    return control.attributes.get("value", "")
