"""How weeks go where the environment says we are."""

from __future__ import annotations

import subprocess
import sys

import pytest

from tui.desk.region import week_here
from tui.domain.reckoning import Week

ISO = Week()
MON, TUE, WED, THU, FRI, SAT, SUN = range(7)


@pytest.mark.parametrize(
    ("name", "week"),
    [
        ("de_DE.UTF-8", ISO),
        ("en_GB", ISO),
        ("en_US.UTF-8", Week(SUN, FRI)),
        ("en-US", Week(SUN, FRI)),
        ("en_us", Week(SUN, FRI)),
        ("pt_BR.utf8", Week(SUN, FRI)),
        ("ar_EG.UTF-8", Week(SAT, THU)),
        ("en_EG", Week(SAT, THU)),  # no such locale is known, but the country is
        ("he_IL", Week(SUN, THU)),
        ("ar_AE", ISO),
        ("en_IN", Week(SUN, SAT)),
        ("sr_RS@latin", ISO),
        ("sr-Latn-RS", ISO),
        ("de_DE.ISO-8859-15@euro", ISO),
        ("en_001", ISO),
        ("de", ISO),
        ("C", ISO),
        ("C.UTF-8", ISO),
        ("POSIX", ISO),
        ("en_US_POSIX", ISO),
        ("", ISO),
        ("nonsense", ISO),
        ("en_XX", ISO),
        ("en_ZZ", ISO),
        ("../../en_US", ISO),
        ("en_US\n", ISO),
        ("\ud800_US", ISO),
        ("x" * 100_000 + "_US", ISO),
        ("\x1b[31m", ISO),
    ],
)
@pytest.mark.parametrize("variable", ["LC_ALL", "LC_TIME", "LANG"])
def test_weeks_go_as_in_the_territory(variable: str, name: str, week: Week) -> None:
    assert week_here({variable: name}) == week


@pytest.mark.parametrize(
    ("environ", "week"),
    [
        ({}, ISO),
        ({"LC_ALL": "en_US", "LC_TIME": "ar_EG", "LANG": "de_DE"}, Week(SUN, FRI)),
        ({"LC_ALL": "", "LC_TIME": "ar_EG", "LANG": "en_US"}, Week(SAT, THU)),
        ({"LC_ALL": "C", "LANG": "en_US"}, ISO),
        ({"LC_TIME": "nonsense", "LANG": "en_US"}, ISO),
        ({"LC_MESSAGES": "en_US", "LANGUAGE": "en_US"}, ISO),
    ],
)
def test_the_first_variable_that_is_set_counts(environ: dict[str, str], week: Week) -> None:
    assert week_here(environ) == week


@pytest.mark.parametrize("name", ["C.UTF-8", "", "nonsense", "en_US.UTF-8"])
def test_the_calendars_are_loaded_only_where_there_is_a_territory(name: str) -> None:
    code = (
        "import sys; from tui.desk.region import week_here; assert 'babel' not in sys.modules; "
        f"week_here({{'LANG': {name!r}}}); print('babel' in sys.modules)"
    )
    done = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=True)
    assert done.stdout.split() == [str(name == "en_US.UTF-8")]
