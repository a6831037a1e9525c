"""From the text of a document to draft goals and targets: rules and a segmentation library, no network.

reading.py (bytes -> text with its places) -> plain.py (as it is compared) -> sentences.py -> finding.py (by the rules
of rules/*.yaml) -> matching.py (what is tracked already) -> drafts.py (YAML for the curator).
"""
