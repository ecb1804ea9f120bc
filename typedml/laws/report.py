"""The report of `check_laws`: what was refuted, what was checked, and what could not be and why."""

from __future__ import annotations

from typing import final

import attrs

from typedml.renderings.tables import Table

# Reasons that are told in one line.
SHOWN = 2


@final
@attrs.frozen
class Failure:
    """A law that a feature breaks; `message` shows the smallest counterexample found.

    Its parts are the law in a sentence (`statement`) with what explains it, the `tables` of its sides, the
    `diagnosis` where there is one, the command that repeats it and a hint.
    """

    law: str
    message: str
    feature: str = ""
    rows: int = 0
    code: str = "typedml-law"
    statement: str = ""
    explanation: str = ""
    tables: tuple[Table, ...] = ()
    diagnosis: str = ""
    repeat: str = ""
    hint: str = ""

    def __str__(self) -> str:
        return self.message


@final
@attrs.frozen
class Checked:
    """A law that ran, and on how many tables."""

    law: str
    tables: int


@final
@attrs.frozen
class Skipped:
    """A law that could not be checked, and the word of the declaration that it wants; or why it is waived."""

    law: str
    wanting: str

    @property
    def because(self) -> str:
        """The reason alone: "it wants rows=", or that it is waived."""
        return f"it is {self.wanting}" if self.wanting.startswith("waived") else f"it wants {self.wanting}"

    def __str__(self) -> str:
        return (
            f"{self.law}: {self.wanting}"
            if self.wanting.startswith("waived")
            else f"{self.law} wants {self.wanting}"
        )


@final
@attrs.frozen
class Unreached:
    """A law that was cut: it ran on `tables` of `of` tables, and nothing is said of the rest."""

    law: str
    tables: int
    of: int
    because: str

    def __str__(self) -> str:
        return f"{self.law} ran on {self.tables} of {self.of} tables: {self.because}"


@final
@attrs.frozen
class Determinacy:
    """What determines one output; `by` is empty where nothing does.

    `weak` says why its examples do not, and `untold` what it is that nothing tells, where that has a name.
    """

    output: str
    by: str = ""
    weak: str = ""
    untold: str = ""

    @property
    def is_determined(self) -> bool:
        """True where the declaration, or a worked example, leaves no other formula."""
        return bool(self.by)


@final
@attrs.frozen
class LawReport:
    """What the laws say of one feature. A report is true where laws were checked and none is broken.

    `determinacy` says what determines each output, where no law is broken and all were tried; `skeleton` is a
    worked example to start from, where an output needs one.
    """

    feature: str
    failures: tuple[Failure, ...] = ()
    checked: tuple[Checked, ...] = ()
    skipped: tuple[Skipped, ...] = ()
    unreached: tuple[Unreached, ...] = ()
    notes: tuple[str, ...] = ()
    determinacy: tuple[Determinacy, ...] = ()
    skeleton: str = ""
    seed: int = 0
    calls: int = 0

    @property
    def ok(self) -> bool:
        """True where a law was checked, and none is broken; where none was, `unchecked` says why."""
        return not self.failures and bool(self.checked)

    @property
    def unchecked(self) -> str:
        """Why nothing can be said of the feature; "" where a law was checked or is broken."""
        if self.failures or self.checked:
            return ""
        if self.unreached:
            return f"no law was tried to the end, for {self.unreached[0].because}"
        reasons = dict.fromkeys(skipped.because for skipped in self.skipped)
        few = list(reasons)[:SHOWN]
        more = f" and {len(reasons) - SHOWN} more" if len(reasons) > SHOWN else ""
        return "no law was checked: " + ("; ".join(few) + more if few else "none was asked for")

    @property
    def held(self) -> tuple[Checked, ...]:
        """The laws that held on every table on which they could be judged."""
        broken = {failure.law for failure in self.failures}
        return tuple(each for each in self.checked if each.law not in broken)

    @property
    def undetermined(self) -> tuple[Determinacy, ...]:
        """The outputs that need a worked example."""
        return tuple(each for each in self.determinacy if not each.is_determined)

    @property
    def request(self) -> str:
        """What is asked of the author: a worked example of the outputs that need one."""
        names = [f"`{each.output}`" for each in self.undetermined]
        if not names:
            return ""
        weak = f"; the example is weak: {self.undetermined[0].weak}" if self.undetermined[0].weak else ""
        untold = self.undetermined[0].untold or "this formula from others"
        need = "needs" if len(names) == 1 else "need"
        return (
            f"{', '.join(names)} {need} a worked example, for no law tells {untold}{weak}. "
            "Confirm, or mend, what it gives today"
        )

    def __bool__(self) -> bool:
        return self.ok

    def __str__(self) -> str:
        lines = [f"{self.feature}: {self._verdict()}"]
        for failure in self.failures:
            lines += ["", failure.message]
        if self.checked:
            held = [f"{each.law} ({each.tables})" for each in self.held]
            lines += ["", "held, with the number of tables: " + (", ".join(held) or "none")]
        lines += [f"not checked to the end: {unreached}" for unreached in self.unreached]
        lines += [f"not checked: {skipped}" for skipped in self.skipped]
        lines += [f"note: {note}" for note in self.notes]
        if self.undetermined:
            lines += [f"not determined: {self.request}", f"  {self.skeleton}"]
        return "\n".join(lines)

    def _verdict(self) -> str:
        if self.unchecked:
            return f"cannot be judged, for {self.unchecked}"
        if self.ok:
            return f"no law broken, {len(self.checked)} checked"
        names = ", ".join(failure.law for failure in self.failures)
        return f"{len(self.failures)} of {len(self.checked)} laws broken: {names}"
