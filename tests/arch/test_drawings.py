from scripts.draw_states import FOLDER, drawings


def test_every_machine_is_drawn_and_no_drawing_is_stale():
    wanted = drawings()
    assert set(FOLDER.glob("*.md")) == set(wanted)
    for file, text in wanted.items():
        assert file.read_text() == text, f"{file.name} is stale: run scripts/draw_states.py"
