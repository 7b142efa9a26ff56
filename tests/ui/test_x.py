import asyncio, pytest
from tests.builders import *
from tests.ui.app import *
from tests.ui.test_hostile import *
from textual.widgets import Input
@pytest.mark.parametrize("n", range(6))
async def test_zz(bench, n):
    notebook = bench.notebook()
    one = plan_today(notebook, add_person(notebook))
    for text in BATCHES[2]:
        write_all(bench, one, text)
    async with opened(bench, size=NARROW) as desk:
        await desk.press("f3")
        await shows(desk, "Before you talk")
        await all_pages(desk)
        await desk.press("f4","escape")
        await shows(desk, "e edit")
        print("FOCUS", desk.app.screen.focused)
        seen = await all_pages(desk)
        print("FOCUS", desk.app.screen.focused, len(seen))
        print(desk.text)
