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
UNASKED: Final = object()


class Others:
    """The hooks of the plugins after ours."""

    def __init__(self, own: Plugin) -> None:
        self._own = own

    def first(self, question: Question, fullname: str, hook: Hook) -> Hook:
        """Return a hook of ours that is given the answer of the others as the default."""
        getter, default = question
        other: Any = UNASKED

        def informed(ctx: Any) -> Any:
            nonlocal other
            if other is UNASKED:
                other = self._find(ctx.api.plugin, getter, fullname)
            return hook(ctx if other is None else ctx._replace(**{default: other(ctx)}))

        return informed

    def _find(self, chain: Any, getter: str, fullname: str) -> Hook | None:
        plugins = list(getattr(chain, "_plugins", ()))
        after = plugins[plugins.index(self._own) + 1 :] if self._own in plugins else []
        answers = (getattr(each, getter)(fullname) for each in after)
        return next((hook for hook in answers if hook is not None), None)
