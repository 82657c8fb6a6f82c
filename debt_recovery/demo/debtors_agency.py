"""Customers for the agency: one is placed and pays a little, one is proposed."""

from .story import Bill, Debtor, Person

DEBTORS = (
    Debtor(
        key="saltmarsh",
        name="Saltmarsh Interiors LLC",
        street="88 Willow Lane",
        city="Tulsa",
        zip="74103",
        country="us",
        phone="+1 918 555 0144",
        people=(Person("Nina Calder", "owner", "Owner"),),
        bills=(
            Bill(2900, 165, "Showroom fittings", "SM-18"),
            Bill(1450, 150, "Lamps", "SM-21"),
        ),
    ),
    Debtor(
        key="pinto",
        name="Pinto Valley Catering Inc.",
        street="7 Orchard Street",
        city="Portland",
        zip="97214",
        country="us",
        phone="+1 503 555 0182",
        people=(Person("Raul Pinto", "owner", "Owner"),),
        bills=(Bill(980, 120, "Kitchen hire", "PV-4"),),
    ),
)
