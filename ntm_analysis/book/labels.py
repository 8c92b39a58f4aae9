"""The book's fixed words: Quarto's language files, and a few of our own."""

from __future__ import annotations

from collections.abc import Mapping
from pathlib import Path

from ntm_analysis.book.config import BookConfig
from ntm_analysis.book.errors import BookError
from ntm_analysis.book.memo import digest_of_file
from ntm_analysis.language import Lang, say, translate
from ntm_analysis.yamlfile import read_yaml


class Labels:
    """Fixed words in one language.

    Parameters
    ----------
    lang : {"vi", "en"}
    words : mapping
        Content of a Quarto language file.
    file : str
        Its name.
    digest : str
        The hash of the file.
    """

    def __init__(self, lang: Lang, words: Mapping[str, str], file: str, digest: str) -> None:
        self.lang = lang
        self._words = words
        self.file = file
        self.digest = digest

    def __getitem__(self, key: str) -> str:
        """Return the word of a Quarto language key.

        Raises
        ------
        BookError
            If the language file does not have it.
        """
        try:
            return str(self._words[key])
        except KeyError:
            raise BookError(say("book.label", name=key, file=self.file)) from None

    def own(self, key: str, **fields: object) -> str:
        """Return one of this package's own words, `book.<key>` of its locale files."""
        return translate(f"book.{key}", self.lang, **fields)

    @property
    def callouts(self) -> dict[str, str]:
        """Words for the kinds of callouts."""
        kinds = ("note", "tip", "warning", "important", "caution")
        return {kind: self[f"callout-{kind}-title"] for kind in kinds}


def read_labels(project: Path, config: BookConfig, lang: str = "") -> Labels:
    """Return the labels for a chapter in `lang` (default: the book's language).

    A chapter in another language takes the file that stands beside the book's own:
    `lang-en.yml` beside `lang-vi.yml`.

    Raises
    ------
    DataErrors
        If the language file is missing or is not YAML.
    """
    code: Lang = "en" if (lang or config.lang).lower().startswith("en") else "vi"
    file = config.language_file or "book/lang-vi.yml"
    other = Path(file).with_name(f"lang-{code}.yml")
    if lang and (project / other).is_file():
        file = other.as_posix()
    digest = digest_of_file(project / file)  # before it is read: what changes then is read again
    words = read_yaml(project / file, file).data
    return Labels(code, words if isinstance(words, Mapping) else {}, file, digest)
