"""Lists as people write them: « montant, date de pose souhaitée et financeurs ». Knows nothing of what is listed."""

import re

from charniere.spec.words import fold, trim

_AND = {"fr": r"\bet\b|\bou\b|\bpuis\b", "en": r"\band\b|\bor\b|\bthen\b"}


def list_items(words: str, lang: str, longest: int = 6) -> list[str]:
    """The members of a list, without those that are a sentence, dots, or a loose end."""
    folded = fold(words)
    cut = [0]
    depth = 0
    for match in re.finditer(
        rf"[(]|[)]|[,;/+]|(?<=\s)(?:{_AND['fr' if lang == 'fr' else 'en']})(?=\s)", folded
    ):
        if match[0] in "()":
            depth += 1 if match[0] == "(" else -1
        elif depth <= 0:
            cut += [match.start(), match.end()]
    cut.append(len(words))
    out = []
    for start, end in zip(cut[::2], cut[1::2], strict=True):
        item = trim(
            re.sub(
                r"^\s*(?:le|la|les|l'|un|une|des|du|de|d'|the|a|an|son|sa|ses)\s+",
                "",
                words[start:end],
                flags=re.I,
            )
        )
        item = trim(re.sub(r"\s*\(.*?\)\s*", " ", item)) or item
        if (
            item
            and 1 <= len(item.split()) <= longest
            and len(item) <= 60
            and not re.fullmatch(r"[\d\s.,%]+|etc", fold(item))
        ):
            out.append(item)
    return out
