"""Ageing buckets of choice."""

#: More columns than that nobody reads.
MOST = 10


class BucketsError(ValueError):
    """The borders cannot be used; the text is what was entered."""


def parse_edges(text: str) -> tuple[int, ...]:
    """Last days of the buckets but the last one, from what a person typed.

    >>> parse_edges("30, 60 90")
    (30, 60, 90)
    """
    words = text.replace(",", " ").replace(";", " ").split()
    if not all(word.isascii() and word.isdigit() for word in words):
        raise BucketsError(text)
    edges = tuple(int(word) for word in words)
    rising = all(a < b for a, b in zip(edges, edges[1:], strict=False))
    if not 1 <= len(edges) <= MOST or edges[0] < 1 or edges[-1] > 9999 or not rising:
        raise BucketsError(text)
    return edges


def spans(edges: tuple[int, ...]) -> list[tuple[int, int | None]]:
    """First and last day of each bucket of overdue items.

    >>> spans((30, 60))
    [(1, 30), (31, 60), (61, None)]
    """
    starts = (1, *(edge + 1 for edge in edges))
    return list(zip(starts, (*edges, None), strict=True))
