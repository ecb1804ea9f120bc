"""How well segmented cells agree with the marked ones."""

from dataclasses import dataclass

from typedml import Count, Proportion


@dataclass
class Scores:
    precision: Proportion
    recall: Proportion

    def f1(self) -> float:
        return 2 * self.precision * self.recall / (self.precision + self.recall)


def scores(hits: Count, false_alarms: Count, misses: Count) -> Scores:
    precision = hits / (hits + false_alarms)
    recall = hits / (hits + misses)
    return Scores(precision=precision, recall=recall)


def main() -> float:
    return scores(hits=90, false_alarms=10, misses=30).f1()
