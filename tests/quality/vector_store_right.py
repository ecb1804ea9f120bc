"""Search in a vector store, and the filter on how relevant a document is."""

from dataclasses import dataclass

from typedml import SIMILARITY, Distance, Similarity, Threshold


@dataclass
class Hit:
    text: str
    distance: Distance


@dataclass
class Document:
    text: str
    score: Similarity


def documents(hits: list[Hit]) -> list[Document]:
    return [Document(hit.text, SIMILARITY(1 - hit.distance)) for hit in hits]


def relevant(found: list[Document], cut: Threshold[Similarity]) -> list[Document]:
    return [document for document in found if document.score >= cut]


def main() -> float:
    hits = [Hit("the answer", 0.1), Hit("a neighbour", 0.35), Hit("something else", 0.8)]
    return len(relevant(documents(hits), cut=0.6))
