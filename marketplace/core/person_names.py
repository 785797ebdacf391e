"""When two spellings are one name. Pure."""


def same_name(one: str, other: str) -> bool:
    """Case and spaces do not make another person."""
    return "".join(one.split()).casefold() == "".join(other.split()).casefold()
