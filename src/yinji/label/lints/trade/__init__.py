"""Habits of the trade: no text of law asks for them."""
