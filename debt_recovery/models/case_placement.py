from odoo import api, fields, models
from odoo.exceptions import UserError


class DebtRecoveryCasePlacement(models.AbstractModel):
    """The agency side of a case: while it is placed the customer hears one voice, that
    of the agency, and the case stands in the stage Agency."""

    _name = "debt.recovery.case.placement.mixin"
    _description = "Placements of a Recovery Case"

    placement_ids = fields.One2many("debt.recovery.placement", "case_id", "Placements")
    is_placed = fields.Boolean(
        "With an Agency", compute="_compute_is_placed", compute_sudo=True
    )
    agency_switch = fields.Boolean(
        "Agencies Are Used", compute="_compute_agency_switch"
    )

    @api.depends("placement_ids.state")
    def _compute_is_placed(self):
        for case in self:
            case.is_placed = bool(case._running_placement())

    @api.depends("company_id")
    def _compute_agency_switch(self):
        for case in self:
            case.agency_switch = case.company_id.sudo().recovery_agency

    def _running_placement(self):
        return self.sudo().placement_ids.filtered(lambda p: p.state == "placed")[:1]

    # DERIVED STATE

    @api.depends("placement_ids.state")
    def _compute_stage_id(self):
        return super()._compute_stage_id()

    def _stage_code(self):
        code = super()._stage_code()
        live = self.state != "closed" and code != "legal"
        return "agency" if live and self.is_placed else code

    @api.depends("placement_ids.state", "placement_ids.date_recall")
    def _compute_status_sentence(self):
        return super()._compute_status_sentence()

    def _status_parts(self):
        placement = self._running_placement()
        if not placement:
            yield from super()._status_parts()
            return
        yield self.env._(
            "%(placement)s: placed with %(agency)s since %(date)s",
            placement=placement.name,
            agency=placement.agency_id.display_name,
            date=self._format_day(placement.date_placed),
        )
        if placement.date_recall:
            yield self.env._(
                "recall due %(date)s", date=self._format_day(placement.date_recall)
            )

    def _is_settled(self):
        """A paid claim stays until the placement is closed: money may be with them."""
        return not self.is_placed and super()._is_settled()

    def _bridge_term(self, name, sums):
        """Held is where the officer looks: whom the debtor is referred to."""
        term = super()._bridge_term(name, sums)
        placement = name == "held" and self._running_placement()
        if placement:
            term["help"] = placement._referral()
        return term

    # ONE AT A TIME

    def _check_no_open_legal(self):
        """Neither a court nor the end of the case beside an agency."""
        self._check_not_placed()
        return super()._check_no_open_legal()

    def _check_not_placed(self):
        for case in self.filtered("is_placed"):
            placement = case._running_placement()
            raise UserError(
                self.env._(
                    "%(customer)s is placed with %(agency)s (%(placement)s): recall or "
                    "close that placement first.",
                    customer=case.partner_id.display_name,
                    agency=placement.agency_id.display_name,
                    placement=placement.name,
                )
            )

    def _check_no_legal_case(self):
        for case in self.filtered("is_legal"):
            legal = case.sudo().legal_case_ids.filtered("is_open")[:1]
            raise UserError(
                self.env._(
                    "%(customer)s is before the court with %(legal)s: close or "
                    "withdraw that legal case before an agency collects.",
                    customer=case.partner_id.display_name,
                    legal=legal.name,
                )
            )

    def _check_may_place(self):
        """The company uses agencies, no court and no other agency is at work."""
        self._check_no_legal_case()
        for case in self:
            if not case.company_id.sudo().recovery_agency:
                raise UserError(
                    self.env._(
                        "%(company)s does not use agencies: switch them on in the "
                        "settings of Debt Recovery.",
                        company=case.company_id.name,
                    )
                )
            other = case._open_placement()
            if other:
                raise UserError(
                    self.env._(
                        "%(customer)s is proposed or placed already with "
                        "%(placement)s: go on there, or drop or recall it first.",
                        customer=case.partner_id.display_name,
                        placement=other.name,
                    )
                )

    def _open_placement(self):
        return self.sudo().placement_ids.filtered(
            lambda p: p.state in ("proposed", "waiting", "placed")
        )[:1]

    # BUTTONS

    def action_agency(self):
        """The running placement, the proposal, or a new one."""
        self.ensure_one()
        self._check_live()
        placement = self._open_placement().sudo(False)
        if not placement:
            rule = self.env["debt.recovery.placement.rule"].sudo()
            contract = rule._choose_contract(self.company_id)
            placement = placement.create(
                {"case_id": self.id, "contract_id": contract.id}
            )
        return placement._form_action()

    def action_open_placements(self):
        """The running placement."""
        self.ensure_one()
        return self._running_placement().sudo(False)._form_action()

    def _merge_into(self, target):
        placements = self.sudo().placement_ids
        placements.filtered(lambda p: p.state in ("proposed", "waiting")).action_drop()
        placed = placements.filtered(lambda p: p.state == "placed")
        placed.write({"case_id": target.id, "partner_id": target.partner_id.id})
        return super()._merge_into(target)
