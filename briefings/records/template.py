"""Templates that people edit: what is wrong with one, and where."""

from dataclasses import dataclass
from typing import Literal


@dataclass(frozen=True, slots=True)
class TemplateFault:
    """One thing wrong with a template, told in Chinese for the people who edit it.

    ``template`` is its name below the folder it is found in (templates/word/official.docx), ``place`` the line or the
    paragraph ("" for the whole file), ``tag`` what is written there. An ``error`` stops a briefing, a ``warning`` does not.
    """

    template: str
    place: str
    tag: str
    sentence: str
    severity: Literal["error", "warning"] = "error"

    @property
    def told(self) -> str:
        """All of it in one sentence."""
        where = f"{self.template} {self.place}".strip()
        return f"{where}{f'“{self.tag}”' if self.tag else ''}：{self.sentence}"
