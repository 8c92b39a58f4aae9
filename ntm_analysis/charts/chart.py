"""A finished chart."""

from __future__ import annotations

import base64
import hashlib
import re
from dataclasses import dataclass

from ntm_analysis.tables import attribute, escape

_IDENTIFIER = re.compile(r"^\w[\w:-]*$")


@dataclass(frozen=True, slots=True)
class Chart:
    """A chart with its words.

    Attributes
    ----------
    svg : str
        The picture, as an `<svg>` element.
    alt : str
        What it shows, for those who do not see it: plain text made from the data.
    caption : str
        A short title: plain text.
    """

    svg: str
    alt: str
    caption: str

    @property
    def data_uri(self) -> str:
        """The picture as an address that holds it whole.

        It ends with a comment that is the picture's own. Quarto names a picture in PDF by the first
        letters behind the address's last slash, and with one name for all the names grow until no
        file system takes them; of three question marks in a row, one gives a slash in base64.
        """
        own = hashlib.sha256(self.svg.encode()).hexdigest()[:16]
        picture = f"{self.svg}<!--???{own}-->"
        return "data:image/svg+xml;base64," + base64.b64encode(picture.encode()).decode("ascii")

    def markdown(self, name: str) -> str:
        """Return the figure in Pandoc Markdown.

        Parameters
        ----------
        name : str
            Its identifier without the prefix `fig-`, unique in the book: `liem-can-2024-12`.

        Raises
        ------
        ValueError
            If the name cannot be part of an identifier.
        """
        bare = name.removeprefix("fig-")
        if not _IDENTIFIER.match(bare):
            raise ValueError(name)
        identifier = f"fig-{bare}"
        caption = escape(self.caption)
        return f'![{caption}]({self.data_uri}){{#{identifier} fig-alt="{attribute(self.alt)}"}}'
