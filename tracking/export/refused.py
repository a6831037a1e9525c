"""Why an export cannot be made, as a sentence in the reader's language."""

from tracking.words import words


class Refused(Exception):
    """`key` names the sentence, under `export.refused`."""

    def __init__(self, key: str, **details: object) -> None:
        super().__init__(key, details)
        self.key, self.details = key, details

    def text(self, language: str) -> str:
        return words(language).say(f"export.refused.{self.key}", **self.details)
