"""Text from data on the page: it shows as it is written and never becomes HTML or Markdown."""

import html
import re
from urllib.parse import urlencode

SPACES = re.compile(r"[^\S\u00a0\u202f]+")
"""Breaks and spaces, but not the no-break spaces that hold an amount together."""

MARKDOWN = re.compile(r"([\\`*_{}\[\]()<>#+\-.!|~$:^=&\"'@/])")


def plain(text: object) -> str:
    """A text as Markdown that shows exactly that text, on one line."""
    flat = SPACES.sub(" ", str(text)).strip()
    return MARKDOWN.sub(r"\\\1", flat)


def escaped(text: object) -> str:
    """A text as HTML that shows exactly that text."""
    return html.escape(str(text), quote=True)


def web_address(url: object) -> str | None:
    """An address that a link may lead to: http and https only."""
    return str(url) if str(url).startswith(("https://", "http://")) else None


def link(text: object, url: object) -> str:
    """A Markdown link to a public page; the text alone where the address is none."""
    target = web_address(url)
    if target is None:
        return plain(text)
    safe = target.replace("(", "%28").replace(")", "%29").replace(" ", "%20").replace("<", "%3C")
    return f"[{plain(text)}]({safe})"


def page_link(text: object, page: str, *parameters: tuple[str, str]) -> str:
    """A Markdown link to one of our pages with its parameters."""
    query = urlencode([p for p in parameters if p[1]])
    return f"[{plain(text)}](/{page}{'?' + query if query else ''})"
