"""Measurements and proofs on real databases; started by ``./dev``, never shipped."""
