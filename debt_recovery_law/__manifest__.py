{
    "name": "Debt Recovery: Law",
    "summary": "Contact rules of several countries as data: hours, caps, notices, each "
    "with its source",
    "version": "19.0.1.0.0",
    "category": "Accounting/Accounting",
    "author": "Debt Recovery",
    "license": "LGPL-3",
    "depends": ["debt_recovery"],
    "data": [
        "data/pack_europe.xml",
        "data/pack_united_kingdom.xml",
        "data/pack_united_states.xml",
        "data/pack_united_states_first_party.xml",
        "data/pack_canada.xml",
        "data/pack_world.xml",
        "data/pack_before_action.xml",
    ],
    "auto_install": ["debt_recovery"],
}
