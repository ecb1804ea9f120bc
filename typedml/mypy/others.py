"""What the plugins after ours answer, mypy's own last: the first to answer wins, so we ask them ourselves.

Without it `options.get("name")` of a TypedDict would be an object, for mypy's own hook would never be asked.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Any, Final

if TYPE_CHECKING:
    from collections.abc import Callable

    from mypy.plugin import Plugin

    Question = tuple[str, str]
    Hook = Callable[[Any], Any]

# What a plugin is asked, and where its answer stands in what a hook is given.
METHOD: Final = ("get_method_hook", "default_return_type")
FUNCTION: Final = ("get_function_hook", "default_return_type")
ATTRIBUTE: Final = ("get_attribute_hook", "default_attr_type")
METHOD_SIGNATURE: Final = ("get_method_signature_hook", "default_signature")
FUNCTION_SIGNATURE: Final = ("get_function_signature_hook", "default_signature")


class Others:
    """The hooks of the plugins after ours."""

    def __init__(self, own: Plugin) -> None:
        self._own = own
        self._hooks: dict[tuple[str, str], Hook | None] = {}

    def first(self, question: Question, fullname: str, hook: Hook) -> Hook:
        """Return a hook of ours that is told what the others answer."""
        return lambda ctx: hook(self.informed(ctx, question, fullname))

    def informed(self, ctx: Any, question: Question, fullname: str) -> Any:
        """Return what a hook is given, with the answer of the others as the default."""
        key = (question[0], fullname)
        if key not in self._hooks:
            self._hooks[key] = self._find(ctx.api.plugin, *key)
        hook = self._hooks[key]
        return ctx if hook is None else ctx._replace(**{question[1]: hook(ctx)})

    def _find(self, chain: Any, getter: str, fullname: str) -> Hook | None:
        plugins = list(getattr(chain, "_plugins", ()))
        after = plugins[plugins.index(self._own) + 1 :] if self._own in plugins else []
        answers = (getattr(each, getter)(fullname) for each in after)
        return next((hook for hook in answers if hook is not None), None)
