from odoo import models


class DebtRecoveryChannelSms(models.AbstractModel):
    """Text messages go by e-mail until a gateway is there: the debtor is reminded all
    the same, and the log says by which address."""

    _name = "debt.recovery.channel.sms"
    _description = "Recovery channel: text message"
    _inherit = "debt.recovery.channel.email"
