"""Spans of words in a document; the annotation files count words from one."""

from dataclasses import dataclass

from typedml import Index, IndexFromOne


@dataclass
class Mark:
    first: IndexFromOne
    last: IndexFromOne


@dataclass
class Document:
    words: list[str]

    def span(self, first: Index, last: Index) -> list[str]:
        return self.words[first : last + 1]


def marked(document: Document, mark: Mark) -> list[str]:
    return document.span(mark.first, mark.last)  # the bug


def main() -> float:
    document = Document(["we", "hold", "these", "truths", "dear"])
    return sum(len(word) for word in marked(document, Mark(2, 3)))
