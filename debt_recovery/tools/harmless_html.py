"""Is there anything in an HTML text that a cleaner would have to take out?

A run writes thousands of messages from a few templates, and cleaning each of them is
the dearest part of a message. This only recognises texts made of plain tags, plain
attributes and plain styles, all balanced by whoever wrote them; every other text is not
*harmful*, but has to be cleaned.
"""

import re
from functools import lru_cache

_TAG = re.compile(r"<[^<>]*>")
_BODY = re.compile(r"<body\b[^<>]*>(.*)</body\s*>", re.DOTALL)
_TAGS = (
    "a b blockquote br div em h1 h2 h3 h4 h5 h6 hr i img li ol p small span strong "
    "table tbody td tfoot th thead tr u ul"
)
_PLAIN = (
    "align alt bgcolor border cellpadding cellspacing class colspan dir height lang "
    "role rowspan title valign width"
)
_STYLES = (
    "background-color border(?:-[a-z]+)* color font(?:-[a-z]+)? height "
    "letter-spacing line-height margin(?:-[a-z]+)? max-width min-width "
    "padding(?:-[a-z]+)? page-break-inside text-align text-decoration "
    "text-transform vertical-align white-space width"
)


def _one_of(words):
    return f"(?:{'|'.join(words.split())})"


_STYLE = rf"\s*{_one_of(_STYLES)}\s*:[-#%.,\w\s]*"
_ATTRIBUTE = (
    rf'\s+(?:{_one_of(_PLAIN)}="[^"]*"'
    r'|(?:href|src)="(?:https?://|mailto:|tel:|/(?!/)|\#)[^"]*"'
    rf'|style="{_STYLE}(?:;{_STYLE})*;?\s*")'
)
_HARMLESS = re.compile(
    rf"</{_one_of(_TAGS)}\s*>|<{_one_of(_TAGS)}(?:{_ATTRIBUTE})*\s*/?>", re.ASCII
)


def harmless_html(text):
    """The inside of the text as it is, or None if it must be cleaned.

    >>> harmless_html('<html><body><p class="a">5 &lt; 6</p></body></html>')
    '<p class="a">5 &lt; 6</p>'
    >>> harmless_html('<p onclick="pay()">5</p>')
    >>> harmless_html('<a href="javascript:pay()">5</a>')
    """
    body = _BODY.search(text)
    inner = body.group(1) if body else text
    tags = _TAG.findall(inner)
    if inner.count("<") != len(tags) or not all(map(_is_harmless, tags)):
        return None
    return inner


@lru_cache(maxsize=4096)
def _is_harmless(tag):
    return bool(_HARMLESS.fullmatch(tag))
