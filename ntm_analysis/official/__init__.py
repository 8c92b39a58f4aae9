"""The documents that an appraising office signs and sends: Word from templates, and PDF."""
