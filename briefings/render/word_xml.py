"""WordprocessingML as text: runs, paragraphs, fields, links and bookmarks, escaped once and in the schema's order."""

import re
from xml.sax.saxutils import escape

NAMESPACES = " ".join(
    f'xmlns:{prefix}="http://schemas.openxmlformats.org/{rest}"'
    for prefix, rest in (
        ("w", "wordprocessingml/2006/main"),
        ("r", "officeDocument/2006/relationships"),
        ("wp", "drawingml/2006/wordprocessingDrawing"),
        ("a", "drawingml/2006/main"),
    )
)
FORBIDDEN = re.compile("[^\t\n\r\u0020-\ud7ff\ue000-\ufffd\U00010000-\U0010ffff]")


def escaped(text: str) -> str:
    """``text`` for an element or an attribute; a character XML cannot hold becomes U+FFFD, so that it is seen."""
    return escape(FORBIDDEN.sub("\ufffd", text), {'"': "&quot;"})


def run(text: str, style: str = "") -> str:
    """A run of text, with the id of a character style."""
    if not text:
        return ""
    properties = f'<w:rPr><w:rStyle w:val="{style}"/></w:rPr>' if style else ""
    return f'<w:r>{properties}<w:t xml:space="preserve">{escaped(text)}</w:t></w:r>'


def paragraph(style: str, content: str, properties: str = "") -> str:
    """A paragraph in a style; ``properties`` are direct ones, already in the schema's order."""
    return f'<w:p><w:pPr><w:pStyle w:val="{style}"/>{properties}</w:pPr>{content}</w:p>'


def field(code: str, cached: str, style: str = "") -> str:
    """A field with the result it shows until it is updated."""
    return (
        '<w:r><w:fldChar w:fldCharType="begin"/></w:r>'
        f'<w:r><w:instrText xml:space="preserve"> {escaped(code)} </w:instrText></w:r>'
        f'<w:r><w:fldChar w:fldCharType="separate"/></w:r>{run(cached, style)}'
        '<w:r><w:fldChar w:fldCharType="end"/></w:r>'
    )


def link(anchor: str, content: str, tip: str = "") -> str:
    """A hyperlink to a bookmark of the same file; ``tip`` shows when the pointer rests on it."""
    tooltip = f' w:tooltip="{escaped(tip)}"' if tip else ""
    return f'<w:hyperlink w:anchor="{anchor}"{tooltip} w:history="1">{content}</w:hyperlink>'


def bookmark(ident: int, name: str, content: str) -> str:
    """``content`` as the target ``name``; ``ident`` is unique in the file."""
    start = f'<w:bookmarkStart w:id="{ident}" w:name="{name}"/>'
    return f'{start}{content}<w:bookmarkEnd w:id="{ident}"/>'
