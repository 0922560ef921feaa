"""Machine-readable codes: Code 128 of the waybill number, QR of the token."""
