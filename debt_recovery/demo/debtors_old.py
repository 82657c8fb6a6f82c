"""A customer with debts of years ago: one nearly time-barred, one already; and small
ones at the end of their letters, for the list of the month."""

from .story import Bill, Debtor, Person

#: Six years, the limitation of simple contracts in England, nearly and more than over.
NEARLY, OVER = 6 * 365 - 50, 6 * 365 + 40

DEBTORS = (
    Debtor(
        key="harbour",
        name="Harbour & Sons Chandlers Ltd",
        street="3 Custom House Quay",
        city="Falmouth",
        zip="TR11 3JT",
        country="uk",
        phone="+44 1326 555 014",
        law="uk",
        people=(Person("Gwen Pascoe", "ap", "Purchase ledger"),),
        bills=(
            Bill(4120, OVER, "Anchors and chain", "HS-0671"),
            Bill(2680, NEARLY, "Mooring lines", "HS-0702"),
        ),
    ),
    Debtor(
        key="pixel",
        name="Pixel & Pine Photo Studio",
        street="5 Darkroom Alley",
        city="Eugene",
        zip="97401",
        country="us",
        people=(Person("Jo Pine", "owner", "Owner"),),
        bills=(Bill(38.5, 61, "Picture frames"),),
    ),
    Debtor(
        key="sourdough",
        name="Sourdough Corner",
        street="212 Mill Road",
        city="Boise",
        zip="83702",
        country="us",
        people=(Person("Ben Alvarez"),),
        bills=(Bill(46, 57, "Shelf brackets", "SC-19"),),
    ),
    Debtor(
        key="bellweather",
        name="Bellweather Florist",
        street="9 Market Row",
        city="Durham",
        zip="DH1 3NJ",
        country="uk",
        people=(Person("Iris Bell", "owner", "Owner"),),
        bills=(Bill(118, 63, "Display stand", "BF-302"),),
    ),
)
