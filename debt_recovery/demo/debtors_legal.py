"""Customers who are before the court: one waits for a hearing, one is garnished."""

from .story import Bill, Debtor, Person

DEBTORS = (
    Debtor(
        key="blackwater",
        name="Blackwater Quarry LLC",
        street="1 Granite Road",
        city="Knoxville",
        zip="37902",
        country="us",
        phone="+1 865 555 0260",
        people=(Person("Travis Boone", "owner", "Owner"),),
        bills=(
            Bill(18400, 212, "Crusher jaws", "BWQ-77"),
            Bill(6200, 190, "Conveyor belts", "BWQ-81"),
        ),
    ),
    Debtor(
        key="mercer",
        name="Daniel Mercer",
        street="412 Juniper Street",
        city="Dayton",
        zip="45402",
        country="us",
        phone="+1 937 555 0271",
        people=(),
        bills=(Bill(3850, 320, "Kitchen, last instalment", "DM-2"),),
        is_company=False,
    ),
)
