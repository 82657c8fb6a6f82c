from . import action, letter_batch, snailmail_letter
