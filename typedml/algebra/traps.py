"""Names that Pint reads as something few would expect: refused, with what to write instead.

A name that the user has defined is never a trap.
"""

from __future__ import annotations

from typedml.algebra.lexicon import split, untwin

TYPE_CHECKING = False
if TYPE_CHECKING:
    from typedml.algebra.lexicon import Lexicon

# name: (what Pint would read, what to write instead)
TRAPS: dict[str, tuple[str, str]] = {
    # Rates and shares
    "bp": ("a printer's point", '"basis_point" or "base_pair"'),
    "bps": ("a baud, or many printer's points", '"bit/second" or "basis_point"'),
    "pp": ("a printer's point", '"percentage_point"'),
    "pps": ("a printer's point", '"percentage_point" or "packet/second"'),
    "point": (
        "a printer's point, 1/72 inch",
        '"percentage_point", "tex_point", or define "score_point = []"',
    ),
    "pt": ("a pint", '"pint", or "percentage_point"'),
    "fps": ("a foot per second", '"frame/second" or "foot/second"'),
    "rps": ("a revolution per second", '"request/second" or "revolution/second"'),
    "cpc": ("a hundredth of a parsec", '"USD/click" for a cost per click, or "centiparsec"'),
    "cps": ("a count per second", '"1/second"'),
    "ct": ("a carat", '"carat"; for money use the currency, such as "USD"'),
    # Time
    "decade": ("a factor of ten between frequencies", '"decayear" for ten years, or "frequency_decade"'),
    "quarter": ("a mass of 28 pounds", 'define "quarter_year = year / 4"'),
    "oct": ("an octave", '"octave" or "octet"'),
    "ds": ("a tenth of a second", '"decisecond"'),
    "hs": ("a hundred seconds", '"hectosecond"'),
    "shake": ("ten nanoseconds", '"nanosecond"'),
    # Information
    "b": ("a barn, an area", '"bit", "byte" or "barn"'),
    "Gb": ("a gilbert, of magnetism", '"Gbit" or "GB"'),
    # Physics
    "Nm": ("a metre per gram of yarn", '"N*m" for a torque, "nm" for a nanometre'),
    "AU": ("a unit of absorbance", '"astronomical_unit" or "absorbance_unit"'),
    "rads": ("a hundredth of a gray", '"rad" for angles, "centigray" for doses'),
    "dBu": ("a level re 1 microwatt", '"decibelmicrowatt"; for audio define a level re 0.775 volt'),
    "MM": ("a megamolar concentration", '"million" or "millimeter"'),
    "mt": ("a thousandth of a tonne", '"metric_ton" or "Mt"'),
    "MT": ("a megatesla", '"metric_ton" or "Mt"'),
    "pH": ("a picohenry", '"picohenry"; an acidity is a number'),
    "mass": ("many milliarcseconds", '"kg"'),
    "mas": ("a milliarcsecond", '"milliarcsecond"'),
    "dag": ("a decagram", '"gram"'),
    "am": ("an attometre", '"attometer"'),
    "as": ("an attosecond", '"attosecond"'),
    # Constants of physics behind one letter or a Greek name
    "k": ("Boltzmann's constant", '"thousand", or "boltzmann_constant"'),
    "c": ("the speed of light", '"speed_of_light"'),
    "e": ("the elementary charge", '"elementary_charge"'),
    "R": ("the molar gas constant", '"molar_gas_constant"'),
    "M": ("a mole per litre", '"million", or "molar"'),
    "u": ("a unified atomic mass unit", '"dalton"'),
    "U": ("an enzyme unit", '"enzyme_unit"; a unit variable is declared by UnitVar'),
    "alpha": ("the fine structure constant", '"fine_structure_constant"'),
    "gamma": ("a nanotesla", '"nanotesla"'),
    "lambda": ("a microlitre", '"microliter"'),
    "sigma": (
        "the Stefan-Boltzmann constant",
        '"stefan_boltzmann_constant"; a deviation has its value\'s unit',
    ),
    "zeta": ("the speed of light in cm/s", '"speed_of_light"'),
    "gravity": ("the standard acceleration of gravity", '"standard_gravity"'),
    # Words
    "at": ("a technical atmosphere", '"technical_atmosphere"'),
    "bag": ("a mass of 94 pounds", 'define "bag = []"'),
    "blob": ("a slinch, a mass", 'define "blob = []"'),
    "bu": ("a bushel", '"bushel"'),
    "chain": ("66 feet", 'define "chain = []"'),
    "circle": ("a full turn", '"turn"'),
    "cp": ("a cup", '"cup" or "cP"'),
    "den": ("a denier, of yarn", '"denier"'),
    "dot": ("a pixel", '"pixel"'),
    "dr": ("a dram", '"dram"'),
    "eu": ("an entropy unit", '"entropy_unit"'),
    "fifth": ("a fifth of a gallon", '"US_liquid_fifth"'),
    "fm": ("a fermi", '"femtometer"'),
    "fur": ("a furlong", '"furlong"'),
    "gf": ("a gram of force", '"force_gram"'),
    "gi": ("a gill", '"gill"'),
    "gr": ("a grain", '"grain" or "gram"'),
    "grade": ("an angle, a hundredth of a right one", '"gradian"; for marks use a kind'),
    "dpi": ("a dry pint", '"dots_per_inch"'),
    "grad": ("an angle, a hundredth of a right one", '"gradian"'),
    "hand": ("four inches", 'define "hand = []"'),
    "li": ("a link of a survey chain", '"survey_link"'),
    "link": ("a link of a survey chain", 'define "hyperlink = []", or write "survey_link"'),
    "Ne": ("a measure of yarn", '"number_english"'),
    "particle": ("a mole divided by Avogadro's number", '"molecule", or define "particle_count = []"'),
    "pc": ("a parsec", '"parsec" or "percent"'),
    "perch": ("16.5 feet", '"survey_foot"'),
    "pk": ("a peck", '"peck"'),
    "pole": ("16.5 feet", '"survey_foot"'),
    "pond": ("a gram of force", '"force_gram"'),
    "quad": ("1e15 British thermal units", '"quadrillion_Btu"'),
    "rd": ("16.5 feet", '"survey_foot"'),
    "Rd": ("a rutherford", '"rutherford"'),
    "rem": ("a dose of radiation", '"centisievert"'),
    "rod": ("16.5 feet", '"survey_foot"'),
    "section": ("a square mile", '"square_survey_mile", or define "section = []"'),
    "shot": ("three tablespoons", '"US_shot", or define "shot = []"'),
    "slug": ("a mass of 32 pounds", 'define "slug = []"'),
    "stone": ("14 pounds", '"pound"'),
    "strain": ("the number 1", '"1"'),
    "sv": ("a sverdrup", '"sverdrup" or "sievert"'),
    "Ta": ("a measure of yarn", '"jute"'),
    "tf": ("a tonne of force", '"force_metric_ton"'),
    "th": ("a thousandth of an inch", '"thousand" or "mil_length"'),
    "Tj": ("a measure of yarn", '"jute" or "TJ"'),
    "Tt": ("a measure of yarn", '"gram/kilometer"'),
}

# Pint joins every prefix to every name. Short prefixes are read before these only: all else is an accident.
PREFIXED_SYMBOLS = frozenset({
    "m", "s", "sec", "g", "A", "amp", "K", "mol", "cd", "rad", "sr", "L", "l", "t", "ton", "yr", "year", "pc",
    "Hz", "N", "Pa", "J", "W", "C", "V", "F", "Ω", "ohm", "S", "Wb", "T", "H", "lm", "lx", "Bq", "Gy", "Sv",
    "B", "byte", "bit", "bps", "Bd", "px", "pixel", "bar", "torr", "psi", "eV", "cal", "Btu", "Wh", "Ah",
    "M", "molar", "U", "D", "Da", "G", "P", "St", "Ci", "Gal", "kat", "kgf", "lbf", "mHg", "mH2O",
    "arcsec", "VA",
})  # fmt: skip
COUNT_PREFIXES = frozenset({"k", "M", "G", "T", "kilo", "mega", "giga", "tera"})
# Of these traps people do write multiples: kNm, Mb.
PREFIXED_TRAPS = frozenset({"Nm", "AU", "b"})
# Joined with one letter these look like names of variables rather than units: rs, ys, al; dt, nt, ht.
RARE_PREFIXES = frozenset({"q", "r", "y", "z", "a"})
TONNE, TONNE_PREFIXES = "t", frozenset({"M", "G", "T"})
BINARY_PREFIXES = frozenset({"Ki", "Mi", "Gi", "Ti", "Pi", "Ei", "Zi", "Yi"})
BINARY_UNITS = frozenset({"B", "byte", "bit", "octet", "bps"})
SHORT_PLURALS = frozenset({"hr", "yr", "lb", "oz"})
LONG_PREFIXED_SYMBOLS = frozenset({"sec", "amp", "deg"})

# Spellings that no definition has, and what they mean.
COMMON_SPELLINGS: dict[str, str] = {
    "kmh": "km/hour", "kmph": "km/hour", "km_h": "km/hour", "mi_h": "mile/hour",
    "wk": "week", "wks": "week", "w": "week", "mo": "month", "mos": "month", "y": "year",
    "sqm": "m**2", "sqft": "foot**2", "sqkm": "km**2", "cbm": "m**3", "sqmi": "mile**2",
    "rev": "revolution", "each": "count", "ea": "count", "unit": "count", "units": "count", "number": "1",
    "unitless": "1", "none": "1", "scalar": "1", "pct": "percent", "bips": "basis_point",
    "tps": "transaction/second", "iops": "operation/second", "ips": "inch/second", "KB": "kB", "Kbps": "kbps",
    "Mb": "Mbit or MB", "Kb": "kbit or kB", "C_deg": "degC", "deg_C": "degC", "deg_F": "degF", "lbm": "pound",
    "usd": "USD", "eur": "EUR", "gbp": "GBP", "dollar": "USD", "euro": "EUR",
    "dollars": "USD", "euros": "EUR",
}  # fmt: skip


def trap(name: str, lexicon: Lexicon) -> tuple[str, str] | None:
    """Return fact and hint if the name is a trap, by itself or as an accident of prefix and plural."""
    if name in TRAPS:
        meaning, remedy = TRAPS[name]
        return f'The unit "{name}" is a trap: it would be {meaning}', _remedy(remedy)
    if lexicon.canonical(name) is not None:
        return None
    parts = split(name, lexicon.canonical, lexicon.prefixes)
    return None if parts is None else _accident(untwin(name), *parts, lexicon)


def _remedy(remedy: str) -> str:
    return f"write {remedy}" if remedy.startswith('"') else remedy


def _accident(name: str, prefix: str, canonical: str, lexicon: Lexicon) -> tuple[str, str] | None:
    stem = name[len(prefix) :]
    plural = lexicon.canonical(stem) != canonical
    stem = stem[:-1] if plural else stem
    if name in COMMON_SPELLINGS:
        return f'The unit "{name}" is a trap: it would be {canonical}', f'write "{COMMON_SPELLINGS[name]}"'
    if stem in TRAPS and (not prefix or stem in PREFIXED_TRAPS):
        meaning, remedy = TRAPS[stem]
        return f'The unit "{name}" is a trap: "{stem}" would be {meaning}', f'for "{stem}" {_remedy(remedy)}'
    if _is_expected(prefix, stem, canonical, plural, lexicon):
        return None
    reading = f'"{prefix}" and "{stem}" ({canonical})' if prefix else f'the plural of "{stem}" ({canonical})'
    return f'The unit "{name}" would be read by accident as {reading}', _meant(
        name, prefix, canonical, lexicon
    )


def _meant(name: str, prefix: str, canonical: str, lexicon: Lexicon) -> str:
    """Return the hint for an accident."""
    if lexicon.entry(canonical).counts:
        return f'write "{canonical}", or define "{name}" in a registry file'
    long = _long(lexicon.prefixes, prefix) + canonical
    return f'write "{long}" if you mean it, otherwise define "{name}" in a registry file'


def _is_expected(prefix: str, stem: str, canonical: str, plural: bool, lexicon: Lexicon) -> bool:
    """Whether prefix and unit are joined as people join them: km, kilometer, MWh, krequest, hrs."""
    if plural and len(stem) <= 2 and stem not in SHORT_PLURALS:
        return False
    if not prefix:
        return True
    entry = lexicon.entry(canonical)
    if entry.counts or canonical.isupper():
        return prefix in COUNT_PREFIXES
    if prefix in BINARY_PREFIXES:
        return stem in BINARY_UNITS
    if stem == TONNE and len(prefix) == 1:
        return prefix in TONNE_PREFIXES
    if prefix in RARE_PREFIXES and len(stem) == 1 and stem.islower():
        return False
    if len(prefix) <= 2 and prefix != "mu":
        return stem in PREFIXED_SYMBOLS
    return stem == canonical or len(stem) > 3 or stem in LONG_PREFIXED_SYMBOLS


def _long(prefixes: dict[str, str], prefix: str) -> str:
    """Return the first prefix of the same value: "femto" for "f"."""
    if not prefix:
        return ""
    return next(name for name, value in prefixes.items() if value == prefixes[prefix])
