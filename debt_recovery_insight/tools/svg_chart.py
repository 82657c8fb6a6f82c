"""A small picture of numbers for paper: columns, stacked columns or lines as SVG.

The browser draws its own charts; a PDF and an e-mail cannot, so they get this one.
"""

# Tried with reportlab.graphics (2026): half the code, but it fails on no rows and on
# values next to nothing, writes its own fonts, and its ids clash in one page.
from collections.abc import Sequence
from math import floor, log10
from xml.sax.saxutils import escape

WIDTH, HEIGHT = 720, 220
LEFT, BOTTOM, TOP = 70, 34, 12
COLOURS = ("#33658A", "#F6AE2D", "#86BBD8", "#758E4F", "#A63D40", "#6C757D")
Series = Sequence[tuple[str, Sequence[float]]]


def nice_step(most: float) -> float:
    """Distance of the grid lines: 1, 2 or 5 times a power of ten, four to eight lines.

    >>> nice_step(9_300), nice_step(41), nice_step(0)
    (2000.0, 10.0, 1.0)
    """
    if most < 1e-9:  # less than any currency knows
        return 1.0
    raw = most / 5
    power = 10 ** floor(log10(raw))
    return float(next(n * power for n in (1, 2, 5, 10) if n * power >= raw))


def short(value: float) -> str:
    """A number for an axis.

    >>> short(1_500_000), short(-20_000), short(250), short(0.5)
    ('1.5M', '-20k', '250', '0.5')
    """
    for size, unit in ((1e9, "G"), (1e6, "M"), (1e3, "k")):
        if abs(value) >= size:
            return f"{value / size:.4g}{unit}"
    return f"{value:.4g}"


def draw(kind: str, labels: Sequence[str], series: Series) -> str:
    """The picture as markup; every text in it is escaped.

    :param kind: ``column``, ``stacked`` or ``line``
    :param series: (name, values in the order of the labels)
    """
    low, high = _range(kind, series)
    step = nice_step(high - low)
    low, high = floor(low / step) * step, -floor(-high / step) * step or step
    place = _Place(low, high, len(labels))
    marks = {"line": _lines, "stacked": _stacks}.get(kind, _columns)
    parts = [
        *_grid(place, step),
        *marks(place, series),
        *_axis(place, labels),
        *_legend(series),
    ]
    height = HEIGHT + (20 if len(series) > 1 else 0)
    names = escape(", ".join(name for name, _values in series))
    return (
        f'<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 {WIDTH} {height}" '
        f'width="100%" height="{height}" font-family="sans-serif" font-size="10" '
        f'role="img">'
        f"<title>{names}</title>{''.join(parts)}</svg>"
    )


class _Place:
    """Where a value and a label lie."""

    def __init__(self, low: float, high: float, count: int):
        self.low, self.high, self.count = low, high, max(count, 1)
        self.slot = (WIDTH - LEFT - 8) / self.count

    def y(self, value: float) -> float:
        share = (value - self.low) / ((self.high - self.low) or 1)
        return HEIGHT - BOTTOM - share * (HEIGHT - BOTTOM - TOP)

    def x(self, number: float) -> float:
        return LEFT + self.slot * number


def _range(kind: str, series: Series) -> tuple[float, float]:
    if kind == "stacked":
        rows = list(zip(*(values for _name, values in series), strict=True))
        tops = [sum(v for v in row if v > 0) for row in rows]
        bottoms = [sum(v for v in row if v < 0) for row in rows]
        return min([0, *bottoms]), max([0, *tops])
    values = [value for _name, values in series for value in values]
    return min([0, *values]), max([0, *values])


def _bar(x: float, y1: float, y2: float, width: float, colour: str) -> str:
    top, height = min(y1, y2), abs(y1 - y2)
    return (
        f'<rect x="{x:.1f}" y="{top:.1f}" width="{width:.1f}" '
        f'height="{height:.1f}" fill="{colour}"/>'
    )


def _columns(place: _Place, series: Series):
    width = place.slot * 0.7 / max(len(series), 1)
    for index, (_name, values) in enumerate(series):
        for number, value in enumerate(values):
            x = place.x(number) + place.slot * 0.15 + index * width
            yield _bar(x, place.y(0), place.y(value), width * 0.94, _colour(index))


def _stacks(place: _Place, series: Series):
    levels = [[0.0, 0.0] for _label in range(place.count)]
    for index, (_name, values) in enumerate(series):
        for number, value in enumerate(values):
            side = value < 0
            base = levels[number][side]
            levels[number][side] = base + value
            x = place.x(number) + place.slot * 0.2
            colour = _colour(index)
            yield _bar(
                x, place.y(base), place.y(base + value), place.slot * 0.6, colour
            )


def _lines(place: _Place, series: Series):
    for index, (_name, values) in enumerate(series):
        points = " ".join(
            f"{place.x(number + 0.5):.1f},{place.y(value):.1f}"
            for number, value in enumerate(values)
        )
        yield (
            f'<polyline points="{points}" fill="none" stroke="{_colour(index)}" '
            'stroke-width="2"/>'
        )


def _colour(index: int) -> str:
    return COLOURS[index % len(COLOURS)]


def _text(x: float, y: float, text: str, anchor: str) -> str:
    return (
        f'<text x="{x:.1f}" y="{y:.1f}" text-anchor="{anchor}" fill="#495057">'
        f"{escape(text)}</text>"
    )


def _grid(place: _Place, step: float):
    for number in range(round((place.high - place.low) / step) + 1):
        value = place.low + number * step
        y, colour = place.y(value), "#ADB5BD" if abs(value) < step / 2 else "#E9ECEF"
        yield (
            f'<line x1="{LEFT}" x2="{WIDTH - 8}" y1="{y:.1f}" y2="{y:.1f}" '
            f'stroke="{colour}"/>'
        )
        yield _text(LEFT - 6, y + 3, short(value), "end")


def _axis(place: _Place, labels: Sequence[str]):
    """Labels, so many that they do not touch."""
    room = max(int(place.slot / 6), 4)
    every = -(-place.count // 16)
    for number, label in enumerate(labels):
        if number % every == 0:
            text = label if len(label) <= room * every else label[: room * every - 1]
            text += "…" * (text != label)
            yield _text(place.x(number + 0.5), HEIGHT - BOTTOM + 16, text, "middle")


def _legend(series: Series):
    if len(series) < 2:
        return
    x = float(LEFT)
    for index, (name, _values) in enumerate(series):
        yield _bar(x, HEIGHT, HEIGHT + 10, 10, _colour(index))
        yield _text(x + 14, HEIGHT + 9, name, "start")
        x += 30 + 6 * len(name)
