"""How long a text message is (3GPP TS 23.038): characters of the GSM alphabet, or
UTF-16 units when one character is outside it, and the parts they are sent in."""

GSM_BASIC = frozenset(
    "@£$¥èéùìòÇ\nØø\rÅåΔ_ΦΓΛΩΠΨΣΘΞÆæßÉ !\"#¤%&'()*+,-./0123456789:;<=>?"
    "¡ABCDEFGHIJKLMNOPQRSTUVWXYZÄÖÑÜ§¿abcdefghijklmnopqrstuvwxyzäöñüà"
)
GSM_DOUBLE = frozenset("^{}\\[~]|€\f")
MAX_PARTS = 3
# Typographic characters that would double the price and say nothing more.
PLAIN = str.maketrans(
    {"\u00a0": " ", "\u202f": " ", "‘": "'", "’": "'", "“": '"', "”": '"'}
    | {"–": "-", "—": "-", "…": "..."}
)


def plain(text):
    """The text without characters that only print needs.

    >>> plain("$\u00a01,250 – “now”…")
    '$ 1,250 - "now"...'
    """
    return (text or "").translate(PLAIN).strip()


def parts(text):
    """Number of messages the text is sent (and paid) as; 0 for no text.

    >>> parts("a" * 160), parts("a" * 161), parts("ж" * 70), parts("ж" * 71)
    (1, 2, 1, 2)
    """
    if not text:
        return 0
    if GSM_BASIC.union(GSM_DOUBLE).issuperset(text):
        length = len(text) + sum(char in GSM_DOUBLE for char in text)
        single, joined = 160, 153
    else:
        length = len(text.encode("utf-16-be")) // 2
        single, joined = 70, 67
    return 1 if length <= single else -(-length // joined)
