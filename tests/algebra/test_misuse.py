"""Bugs that real projects had, each as one expression: as it was it is refused, and mended it is accepted.

`misuse.jsonl` has one a line: the project, what was wrong, what the names mean with their roles after "@",
what the result is declared to be (`into`), and both expressions. Parameters and returns are declarations:
passing `x` to one is `x` flowing into it.
"""

from __future__ import annotations

import ast
import json
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest

from tests.algebra.conformance import Calls, Refused, checked
from tests.algebra.shorthand import cut, kind, unit
from typedml.algebra.catalogue import KINDS
from typedml.algebra.edge_table import define_edge, remove_edge
from typedml.algebra.flow import flow
from typedml.algebra.judgement import judge
from typedml.algebra.kind import Kind, Sort, define_kind
from typedml.algebra.meaning import Meaning, Operand
from typedml.algebra.reading import read

ROWS: list[dict[str, Any]] = [
    json.loads(line) for line in (Path(__file__).parent / "misuse.jsonl").read_text("utf-8").splitlines()
]
SECOND = KINDS["Timestamp"].default_unit


def _children(parent: str, names: str) -> dict[str, Kind]:
    return {name: define_kind(name, parent=KINDS[parent]) for name in names.split()}


OWN: dict[str, Kind] = {
    **_children("Identifier", "UserId MappedUserId PostId PostCurrentId"),
    **_children("Label", "TrueLabel PredictedLabel"),
    **_children("Count", "FalseNegatives TrueNegatives"),
    **{name: define_kind(name) for name in ("SimpleReturn", "LogReturn", "CumulativeReturn")},
    **{name: define_kind(name) for name in ("SquaredDistance", "LowerIsBetter", "HigherIsBetter")},
    **{name: define_kind(name, unit=unit("km").unit, any_unit=True) for name in ("Radius", "Diameter")},
    **{name: define_kind(name, range=(0, 255)) for name in ("ImageRGB", "ImageBGR")},
    **{
        name: define_kind(name, sort=Sort.TORSOR, unit=SECOND, origin=clock)
        for name, clock in [("NaiveLocal", "the host's clock"), ("NaiveUtc", "UTC, unsaid")]
    },
}
"""What a project would declare for itself, in one line each."""

ELSEWHERE: dict[str, str] = {
    "strict: a literal where a library's stub gives the unit": "dur_cuckoo_sleep",
    "static: flags, platforms, shifts, axes and classes decide what a value is": """
        epo_naarad_string_times_1000 lka_market_direction lka_smc_fvg lka_freqtrade_shift
        lka_autoresearch_samebar lka_pandasta_active mem_pyperf_maxrss mem_scrapy_macos lrs_vortex_step
        lpr_acer_kl_direction lpr_wavenet_mixture_sum nrm_sadnet_psnr scr_hh_proba_col0 scr_sklearn_poslabel
    """,
    "boundary: only values, shapes, names or rows show it": """
        epo_pandas_astype_int_ns epo_pandas_asm8_unit epo_kinesis_us_as_ms epo_jwt_tool_ms_claim
        epo_mustarrd_two_paths len_metar_rvr_feet prs_accessiweather_inhg prs_yandex_restore
        idx_cvrecipes_background snt_tsdat_fill snt_opentopodata snt_fairmast col_sklearn_7242
        col_sfquickstart_array lkg_text2sql lkg_gotennet_md17 shp_torch_mse_n1 shp_coursia_predlen1
        shp_deepsets shp_matsciml axs_dltutorials_argmax
    """,
    "laws: what a function does to scaled, weighted, split or permuted rows": """
        lgt_mord_negative dir_catalyst_min_delta agg_catalyst_epoch_loss agg_nolearn_val_loss
        agg_keras_last_batch agg_chainer_summary agg_tez_nominal_batch agg_openinstruct_grpo
        agg_mlx_accumulation agg_immunedb_denominator agg_modlamp_std agg_sklearn_class_weight
        wgt_sklearn_lrap wgt_daskml_cv nrm_momask_alias nst_deepinv_batch mon_erpnext_cint
        mon_omi_truncation axs_euclidesdb lrs_ivadomed_loop lrs_torch_tutorial
    """,
    "nothing: a wrong constant or claim of a source, or a change within one kind": """
        ang_reduced_latitude len_sentinel_radius_typo pow_pv_wh5min ret_quantstats_365
    """,
    "the algebra does not: a share of a share is one, however it came about": """
        nrm_pycadl_draw nrm_cifar_constants
    """,
    "the algebra does not: a mean and a deviation are both of the unit": "arg_pcntoolkit_mean_std",
    "the algebra does not: logarithms of numbers are numbers, in any base": "log_qutip_negativity",
}
"""The other reported bugs that were looked through: the layer that would show each, and what about."""


@pytest.fixture(autouse=True)
def channel_orders() -> Iterator[None]:
    made = [
        define_edge(OWN[source], OWN[target], function)
        for source, target, function in [
            ("ImageBGR", "ImageRGB", "bgr2rgb"),
            ("ImageRGB", "ImageBGR", "rgb2bgr"),
        ]
    ]
    yield
    for each in made:
        remove_edge(each)


def meaning(text: str) -> Meaning:
    """What a name is declared to be."""
    declared, _, roles = text.partition(" @")
    if declared.startswith("cut "):
        found = cut(declared.removeprefix("cut "))
    elif declared in OWN:
        found = Meaning(OWN[declared])
    else:
        found = kind(declared) if declared in KINDS else unit(declared)
    return found.with_roles(frozenset(roles.split(","))) if roles else found


def refusal(row: dict[str, Any], text: str) -> str | None:
    """Why an expression is refused, None if it is accepted."""
    names: dict[str, Operand] = {name: meaning(declared) for name, declared in row["names"].items()}
    try:
        tree = Calls({}, names).visit(ast.parse(text, mode="eval"))
        found = checked(judge(read(ast.unparse(tree), names)))
        if row["into"] is not None:
            checked(flow(found, meaning(row["into"])))
    except Refused as refused:
        return str(refused)
    return None


@pytest.mark.parametrize("row", ROWS, ids=lambda row: row["id"])
def test_a_bug_is_refused_and_accepted_once_it_is_mended(row: dict[str, Any]) -> None:
    assert refusal(row, row["wrong"]) is not None, row["about"]
    assert refusal(row, row["mended"]) is None


def test_every_reported_bug_is_a_row_or_left_to_another_layer() -> None:
    rows = [row["id"] for row in ROWS]
    others = [each for cases in ELSEWHERE.values() for each in cases.split()]
    assert len({*rows, *others}) == len(rows) + len(others) == 199


def test_a_row_whose_expressions_are_swapped_would_be_noticed() -> None:
    row = {"names": {"t": "millisecond"}, "into": "second"}
    assert refusal(row, "t") == "UNITS_DIFFER"
    assert refusal(row, "to(t, 's')") is None
