"""A briefing as plain text that a person can review, block by block."""

from briefings.records.briefing import (
    Block,
    Briefing,
    Bullets,
    Callout,
    Cite,
    Figure,
    Heading,
    Line,
    PageBreak,
    Paragraph,
    Quotation,
    Quote,
    SourceList,
    Table,
    Tiles,
    Value,
    Words,
)


def line(pieces: Line) -> str:
    """Words as they are, 《quotations》 in angle brackets, values in braces, citations in square ones."""
    said = []
    for piece in pieces:
        match piece:
            case Words():
                said.append(piece.text)
            case Quote():
                said.append(f"〈{piece.text}{'……' if piece.cut else ''}〉")
            case Value():
                said.append(f"{{{piece.text}}}")
            case Cite():
                said.append(f"[{piece.n}]")
    return "".join(said) or "…"


def as_text(briefing: Briefing) -> str:
    """All blocks, a line for each thing said."""
    return "\n".join(text for block in briefing.blocks for text in _block(block)) + "\n"


def _block(block: Block) -> list[str]:
    match block:
        case Heading():
            return ["", f"{'#' * block.level} {block.number}{block.text}"]
        case Paragraph():
            return [f"{block.style}: {line(block.line)}"]
        case Bullets():
            return [f"- {line(item)}" for item in block.items]
        case Tiles():
            return [f"tile {t.label}: {line((t.value,))}{t.unit} ({line(t.note)})" for t in block.items]
        case Callout():
            return [f"{block.tone} {block.head}: {line(item)}" for item in block.items]
        case Quotation():
            return [f"> {line(block.line)} {line(block.attribution)}"]
        case Table():
            head = f"表{block.number} {block.caption}: " + " | ".join(c.header for c in block.columns)
            return [
                head,
                *("  " + " | ".join(line(cell) for cell in row) for row in block.rows),
                "  " + line(block.note),
            ]
        case Figure():
            return [
                f"图{block.number} {line(block.title)} / {block.subtitle}",
                f"  {block.alt}",
                f"  {line(block.note)}",
            ]
        case SourceList():
            return [f"[{e.n}] {e.issuer} {e.place}: {e.sentence}" for e in block.entries]
        case PageBreak():
            return ["", "-----"]
