"""Why something could not be exported.

ExportError
├── NoPress      there is nothing to draw with: kaleido or a browser is missing, or the browser does not start
├── Hung         a drawing took too long and was ended
├── NotDrawn     the browser refused the drawing
└── NotWritten   the folder cannot be written, or the disk is full
"""

from tracking.words import words


class ExportError(Exception):
    """`code` names the sentence in tracking/words under `drawing.problem`; `details` fill it."""

    def __init__(self, code: str, **details: object) -> None:
        self.code, self.details = code, details
        super().__init__(self.text("en"))

    def text(self, language: str) -> str:
        """What is wrong and what to do, in a sentence."""
        return words(language).say(f"drawing.problem.{self.code}", **self.details)


class NoPress(ExportError):
    """There is nothing to draw with."""


class Hung(ExportError):
    """A drawing took too long and was ended."""


class NotDrawn(ExportError):
    """The browser refused the drawing."""


class NotWritten(ExportError):
    """The file could not be written."""
