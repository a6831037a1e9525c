"""Briefs as files: what tracking/brief.py says, on a page, in a document, on slides. One small writer a format."""
