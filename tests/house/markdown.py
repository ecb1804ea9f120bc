"""The examples of the documentation, page by page."""

import re
from dataclasses import dataclass, field
from pathlib import Path

ROOT = Path(__file__).parents[2]
PAGES = sorted(path for path in (ROOT / "README.md", *(ROOT / "docs").rglob("*.md")))
FENCE = re.compile(r"^```(.*)$")


@dataclass
class Page:
    """A page; its code keeps its line numbers, and what is not code is blank.

    `runs` has the blocks marked `python`, `checked` also those marked `python refused` (refused by mypy).
    """

    path: Path
    runs: list[str] = field(default_factory=list)
    checked: list[str] = field(default_factory=list)

    @property
    def name(self) -> str:
        """The path of the page, as a module may be called."""
        return re.sub(r"\W", "_", str(self.path.relative_to(ROOT)).removesuffix(".md"))


def read(path: Path) -> Page:
    """Return the code of a page."""
    page, mark = Page(path), ""
    for line in path.read_text(encoding="utf-8").splitlines():
        fence = FENCE.match(line)
        page.runs.append(line if mark == "python" and not fence else "")
        page.checked.append(line if mark in ("python", "python refused") and not fence else "")
        if fence:
            mark = "" if mark else fence.group(1).strip() or "plain"
    return page
