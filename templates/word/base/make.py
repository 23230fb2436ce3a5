"""Makes the base files of templates/word: empty Word files whose styles and furniture every briefing takes over.

Run ``python templates/word/base/make.py`` after a change here and commit the files with it. An office may instead edit
the .docx files in Word: the program finds styles by their names, so nothing here has to be known to it. In body, header,
footer and properties ``{{title}}``, ``{{office}}``, ``{{cutoff}}``, ``{{foot}}`` (both of these), ``{{period}}``,
``{{masthead.name}}`` and so on are filled in; the paragraph ``{{content}}`` is where the briefing goes.
"""

import sys
import zipfile
from pathlib import Path

import modern
import official
from parts import package

THEMES = {"modern": modern, "official": official}
FILES = {
    f"{name}{'' if language == 'zh' else '.' + language}.docx": (theme, language)
    for name, theme in THEMES.items()
    for language in ("zh", "en")
}


def main(folder: Path) -> None:
    """Write the files; the same bytes at every run."""
    for name, (theme, language) in FILES.items():
        with zipfile.ZipFile(folder / name, "w", zipfile.ZIP_DEFLATED) as file:
            for part, text in package(theme, language).items():
                entry = zipfile.ZipInfo(part, (1980, 1, 1, 0, 0, 0))
                entry.compress_type = zipfile.ZIP_DEFLATED
                file.writestr(entry, text)


if __name__ == "__main__":
    main(Path(sys.argv[1]) if len(sys.argv) > 1 else Path(__file__).parents[1])
