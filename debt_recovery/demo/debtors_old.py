"""A customer with debts of years ago: one nearly time-barred, one already."""

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
)
