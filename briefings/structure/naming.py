"""Whether two names mean the same office, for people who write it as they speak."""

from briefings.structure import offices


def issuer_name(name: str, place: str | None = None) -> str:
    """The canonical name of an office: 市发改委 with the place 临澜市 is 临澜市发展和改革委员会."""
    return offices.canonical(name, place)


def same_issuer(issuer: str, name: str) -> bool:
    """Whether ``name``, written in any usual way, means the office with the canonical name ``issuer``.

    A name without a place (市发改委, 发改委) means that department of any place.
    """
    if issuer == name:
        return True
    wanted, own = offices.canonical(name), offices.canonical(issuer)
    if wanted == own:
        return True
    bare = wanted.lstrip("省市区县州") if wanted[:1] in "省市区县州" else wanted
    return (
        len(bare) >= 2
        and offices.prefix(wanted) is None
        and own.endswith(bare)
        and offices.prefix(own) == own[: -len(bare)]
    )
