"""Rules of statutes and regulations: binding."""
