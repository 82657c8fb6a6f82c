from . import reasons
from . import reason_labels

# settings and configuration
from . import company_contact
from . import company_release
from . import res_company
from . import res_company_agreement
from . import res_config_settings
from . import code
from . import stage
from . import channel
from . import outcome
from . import strategy_choice
from . import strategy_live
from . import strategy_what_if
from . import strategy
from . import strategy_step
from . import hold_type
from . import contact_rule_check
from . import contact_rule_plain
from . import contact_rule_words
from . import contact_pack
from . import contact_rule
from . import contact_preference
from . import priority_rule

# decisions
from . import approval_limit
from . import approvable
from . import approval_people
from . import approval_decide
from . import approval_notify
from . import approval

# holds and people
from . import hold_approval
from . import hold_check
from . import hold
from . import res_partner_screen
from . import res_partner_contact
from . import res_partner
from . import res_users

# the one amount
from . import account_account
from . import receivable_sql
from . import receivable_side
from . import receivable
from . import tie_out

# the case
from . import case_approval
from . import case_figures
from . import case_imagine
from . import case_lifecycle
from . import case_position
from . import case_gate_facts
from . import case_gate
from . import case_dispute
from . import case_holds
from . import case_claim
from . import case_promise
from . import case_recipients
from . import case_mailbox
from . import case_reply
from . import reply
from . import case_question
from . import question
from . import case_statement
from . import case_status
from . import case_bridge
from . import case_priority_facts
from . import case_priority
from . import case_reach
from . import case_put_off
from . import case_today_facts
from . import case_today_find
from . import case_today_order
from . import case_today_room
from . import case_gate_screen
from . import case_today
from . import case_screen
from . import case
from . import case_scope
from . import case_scope_screen
from . import dispute_category
from . import dispute_owner
from . import dispute_decide
from . import dispute_credit
from . import dispute_figures
from . import dispute
from . import dispute_line
from . import agreement_approval
from . import agreement_terms
from . import agreement_facts
from . import instalment
from . import agreement_judge
from . import agreement_message
from . import agreement_plan
from . import agreement_screen
from . import agreement
from . import agreement_line

# the log
from . import action_guard
from . import action_chain
from . import action_plan
from . import action_claim
from . import action_claim_write
from . import action_state
from . import action_agreement
from . import action_release
from . import action_gate
from . import action_sms
from . import action_queue
from . import action_document
from . import action_letter
from . import action_preview
from . import action_approval
from . import action_button
from . import action_outgoing
from . import action_room
from . import action_export
from . import action
from . import action_line
from . import delivery
from . import letter_batch
from . import ir_attachment

# channels and what they report back
from . import channel_email
from . import channel_letter
from . import channel_sms
from . import channel_activity
from . import mail_activity
from . import ir_qweb
from . import mail_mail
from . import mail_thread
from . import sms_tracker

# the engine
from . import run_loop
from . import run_judge
from . import run_carry
from . import run_cases
from . import run_facts
from . import run_brakes
from . import run_disputes
from . import run_decide
from . import run_release
from . import run_escalate
from . import run_hour
from . import run_weekly
from . import run_score
from . import run_approvals
from . import run_imagine
from . import run_shadow
from . import run
from . import run_line

# hooks on the ledger and the contacts
from . import account_move_dispute
from . import account_move_screen
from . import account_move
from . import account_move_line
from . import account_partial_reconcile
from . import account_payment
from . import account_payment_term
from . import payment_transaction

# the story told by the demo data
from . import demo
