"""Reading order files: a row becomes an order with its person wrapped, or a refusal with place and remedy."""
