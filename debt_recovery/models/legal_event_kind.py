"""What happens in a legal case, as rules, stages and deadlines name it."""

KINDS = [
    ("handover", "Handed over"),
    ("letter", "Letter before action"),
    ("filing", "Claim filed"),
    ("service", "Claim served"),
    ("defence_end", "Period for the defence over"),
    ("defence", "Defence or objection"),
    ("reply", "Our reply to the defence"),
    ("hearing", "Hearing"),
    ("judgment", "Judgment or order"),
    ("appeal", "Appeal"),
    ("appeal_end", "Period for the appeal over"),
    ("enforcement", "Enforcement"),
    ("review", "Look at the enforcement"),
    ("renewal", "Title to be renewed"),
    ("stay", "Proceedings stayed"),
    ("proof", "Claim lodged in the insolvency"),
    ("other", "Other"),
]
#: Needs words or figures when it has happened, so a dialog asks for them.
TOLD = frozenset({"hearing", "judgment"})
#: What makes waiting for something else pointless.
OVERTAKES = {
    "defence": ("defence_end",),
    "judgment": ("defence_end", "reply"),
    "appeal": ("appeal_end",),
}
#: Whose turn it is.
PARTIES = [("us", "Us"), ("debtor", "The debtor"), ("court", "The court")]
#: Type of the hold that an open legal case places.
HOLD_CODE = "legal"
#: Reasons for closing that leave nothing owed.
WON = ("paid", "settled")
