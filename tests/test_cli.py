"""The command line as its users meet it: real processes, real files, real output."""

import json
import os
import subprocess
import sys
from pathlib import Path
from typing import Any

import jsonschema
import pytest
from PIL import Image

ROOT = Path(__file__).parent.parent
SAMPLE = ROOT / "corpus" / "sample"
SCHEMA = json.loads((ROOT / "docs" / "schema.json").read_text(encoding="utf-8"))


def sagsspor(*args: str, archive: Path | None = None, cwd: Path | None = None) -> subprocess.CompletedProcess[str]:
    """Run the command as a user would; no environment of the tests leaks in."""
    environment = {name: value for name, value in os.environ.items() if not name.startswith("SAGSSPOR")}
    command = [sys.executable, "-m", "cli", *(["--archive", str(archive)] if archive else []), *args]
    environment["PYTHONPATH"] = str(ROOT)
    return subprocess.run(command, capture_output=True, text=True, cwd=cwd or ROOT, env=environment, timeout=300)


def answer(*args: str, archive: Path, exit_code: int = 0) -> dict[str, Any]:
    """Run a command with --json and give its object; the last one of those that print events."""
    done = sagsspor(*args, "--json", archive=archive)
    assert done.returncode == exit_code, done.stderr + done.stdout
    if args[0] in ("import", "retry", "reprocess") and "--dry-run" not in args:
        return json.loads(done.stdout.splitlines()[-1])
    return json.loads(done.stdout)


def check(shown: dict[str, Any], name: str) -> None:
    jsonschema.Draft202012Validator({**SCHEMA, "$ref": f"#/$defs/{name}"}).validate(shown)


@pytest.fixture(scope="module")
def archive(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The sample archive, imported once."""
    folder = tmp_path_factory.mktemp("cli") / "archive"
    done = sagsspor("import", str(SAMPLE), "--quiet", archive=folder)
    assert done.returncode == 0, done.stderr
    return folder


def test_help_lists_every_command() -> None:
    """`--help` answers, and names the commands and the exit codes."""
    done = sagsspor("--help")
    assert done.returncode == 0
    for command in ("import", "search", "case", "show", "trail", "extract", "status", "demo"):
        assert command in done.stdout


def test_help_loads_nothing_heavy() -> None:
    """`--help` needs click only, so that it answers at once."""
    code = (
        "import sys, cli; sys.exit(bool({'sqlalchemy', 'spacy', 'tantivy', 'whoosh', 'pypdfium2'} & set(sys.modules)))"
    )
    assert subprocess.run([sys.executable, "-c", code], cwd=ROOT).returncode == 0


def test_search_loads_no_spacy(archive: Path) -> None:
    """A search imports neither spaCy nor a PDF reader, nor what migrates."""
    code = (
        "import sys; sys.argv = ['sagsspor', '--archive', sys.argv[1], 'search', 'charter', '--json']\n"
        "import cli, atexit\n"
        "cli.main.main(standalone_mode=False)\n"
        "assert not {'spacy', 'pypdfium2', 'docx', 'kreuzberg', 'alembic'} & set(sys.modules), sorted(sys.modules)"
    )
    done = subprocess.run([sys.executable, "-c", code, str(archive)], cwd=ROOT, capture_output=True, text=True)
    assert done.returncode == 0, done.stderr


def test_import_twice_adds_nothing(archive: Path) -> None:
    """A second import of the same folder reads nothing, adds nothing, and says so."""
    before = answer("status", archive=archive)["documents"]
    shown = answer("import", str(SAMPLE), archive=archive)
    check(shown, "import")
    assert set(shown["counts"]) == {"unchanged"}
    assert answer("status", archive=archive)["documents"] == before
    assert "Nothing new" in sagsspor("import", str(SAMPLE), archive=archive).stdout


@pytest.mark.parametrize("spelling", ["2011-98211", "2011 98211", "2011-0098211", "sagsnr. 2011‑98211", "2011 - 98211"])
def test_search_number_in_any_spelling(archive: Path, spelling: str) -> None:
    """Every spelling of a sagsnr leads to the case first, then to its papers."""
    shown = answer("search", spelling, archive=archive)
    check(shown, "search")
    assert shown["case"]["number"] == "2011-98211"
    assert "2011-98211" in shown["hits"][0]["case_numbers"]


def test_search_number_without_separator_offers_a_candidate(archive: Path) -> None:
    """Year and serial run together may be a case; it is offered, not decided."""
    shown = answer("search", "201198211", archive=archive)
    assert shown["candidates"] == ["2011-98211"]


@pytest.mark.parametrize(
    ("args", "name"),
    [
        (("case", "2011-98211"), "case"),
        (("trail", "Clean Harbours Charter"), "trail"),
        (("status",), "status"),
        (("search", "havn"), "search"),
        (("show", "charter-br.pdf"), "show"),
        (("show", "charter-br.pdf", "--box", "0", "40"), "boxes"),
        (("extract", str(SAMPLE / "charter-br.pdf")), "extract"),
        (("failed",), "failed"),
        (("runs",), "runs"),
        (("run", "1"), "run"),
        (("suggest", "hav"), "suggest"),
        (("analyse", "skolegårdene", "havnebade"), "analyse"),
        (("missing",), "missing"),
        (("hearing", "2013-218833"), "hearing"),
        (("check",), "check"),
        (("correct", "--list"), "correct"),
        (("import", str(SAMPLE), "--dry-run"), "dry_run"),
        (("upgrade",), "upgrade"),
        (("explain", str(SAMPLE / "charter-br.pdf")), "explain"),
    ],
)
def test_json_has_its_schema(archive: Path, args: tuple[str, ...], name: str) -> None:
    """What a command prints with --json is what docs/schema.json promises."""
    check(answer(*args, archive=archive), name)


def test_links_json_lines(archive: Path) -> None:
    """`links --json` prints one object a line, each of the promised shape."""
    done = sagsspor("links", "--pairs", "--json", archive=archive)
    rows = [json.loads(line) for line in done.stdout.splitlines()]
    assert rows
    for row in rows:
        check(row, "links")


def test_trail_goes_through_misspelt_names(archive: Path) -> None:
    """The trail of a charter holds the papers that misspell its name or turn it round."""
    steps = answer("trail", "Clean Harbours Charter", archive=archive)["steps"]
    files = {step["document"]["path"].rsplit("/", 1)[-1] for step in steps}
    assert {"charter-tmu.html", "charter-kfu.pdf", "charter-br.pdf"} <= files


@pytest.mark.parametrize(
    ("args", "exit_code", "said"),
    [
        (("case", "1999-1"), 3, "No case"),
        (("show", "ffffffffffff"), 3, "No document"),
        (("trail", "Ukendt Charter om Ingenting"), 3, "names"),
        (("search", "havn", "--limit", "0"), 2, "--limit"),
        (("import", "/no/such/folder"), 2, "does not exist"),
    ],
)
def test_wrong_use_is_one_clear_line(archive: Path, args: tuple[str, ...], exit_code: int, said: str) -> None:
    """What cannot be done is said in a line, with the right exit code, without a traceback."""
    done = sagsspor(*args, archive=archive)
    assert done.returncode == exit_code
    assert said in done.stderr
    assert "Traceback" not in done.stderr + done.stdout


def test_error_as_json(archive: Path) -> None:
    """With --json an error is an object on standard output."""
    check(answer("case", "1999-1", archive=archive, exit_code=3), "error")
    check(answer("search", "havn", "--limit", "0", archive=archive, exit_code=2), "error")


def test_no_archive_is_made_by_reading(tmp_path: Path) -> None:
    """Only `import` makes an archive."""
    done = sagsspor("search", "havn", archive=tmp_path / "none")
    assert done.returncode == 2
    assert "no archive" in done.stderr
    assert not (tmp_path / "none").exists()


def test_archive_path_that_is_a_file(tmp_path: Path) -> None:
    """An archive path that is a file is refused in a line."""
    (tmp_path / "file").write_text("x")
    done = sagsspor("import", str(SAMPLE), archive=tmp_path / "file")
    assert done.returncode == 2
    assert "is a file" in done.stderr


@pytest.mark.parametrize("args", [("-charter",), ("-charter havn", "--limit", "3")])
def test_query_may_begin_with_a_dash(archive: Path, args: tuple[str, ...]) -> None:
    """A word that is refused is no option, wherever it stands; `-h` still asks for help."""
    page = answer("search", *args, archive=archive)
    assert page["total"] > 0
    assert not any("charter" in (hit["title"] or "").lower() for hit in page["hits"])
    assert sagsspor("search", "-h").stdout.startswith("Usage:")


def test_values_say_where_they_were_seen() -> None:
    """`explain --json` gives each value with its place and the text around it."""
    done = sagsspor("explain", str(SAMPLE / "charter-br.pdf"), "--json")
    values = json.loads(done.stdout)["values"]
    assert {"doc_type", "title", "case_numbers"} <= {value["key"] for value in values}
    assert all(value["quote"] and value["rule"] for value in values if value["end"] > value["start"])


def test_unbalanced_query_is_answered(archive: Path) -> None:
    """A query that is no sentence of the language gets its best reading, not an error page."""
    shown = answer("search", '"unclosed (AND', archive=archive)
    check(shown, "search")
    assert shown["notice"]


def test_closed_pipe_is_silent(archive: Path) -> None:
    """Output into `head` ends without a word."""
    command = f'"{sys.executable}" -m cli --archive "{archive}" links --pairs | head -1'
    done = subprocess.run(["bash", "-c", command], capture_output=True, text=True, cwd=ROOT)
    assert done.stderr == ""


@pytest.mark.parametrize(
    "args", [("runs",), ("--help",), ("search", "havn", "--json"), ("import", str(SAMPLE), "--json")]
)
def test_closed_output_is_no_failure(archive: Path, args: tuple[str, ...]) -> None:
    """Whoever takes nothing of the output has seen enough: the command ends with 0, whatever it was."""
    reader, writer = os.pipe()
    os.close(reader)
    command = [sys.executable, "-m", "cli", "--archive", str(archive), *args]
    done = subprocess.run(command, stdout=writer, stderr=subprocess.PIPE, text=True, cwd=ROOT)
    os.close(writer)
    assert (done.returncode, done.stderr) == (0, "")


BROKEN = """
import os, sys
from cli import main, run
@main.command("write")
def write():
    reader, writer = os.pipe()
    os.close(reader)
    os.write(writer, b"a task")
sys.argv = ["sagsspor", "write"]
run()
"""


def test_broken_pipe_within_is_told() -> None:
    """A pipe that is broken elsewhere, as to a worker, is a bug that is told: nobody closed the output."""
    done = subprocess.run([sys.executable, "-c", BROKEN], capture_output=True, text=True, cwd=ROOT)
    assert done.returncode == 70
    assert "A bug: BrokenPipeError" in done.stderr


@pytest.mark.parametrize(
    "args", [("search", "charter"), ("search", "--archive={}", "charter"), ("saved", "list", "--archive", "{}")]
)
def test_archive_is_named_after_the_command(archive: Path, tmp_path: Path, args: tuple[str, ...]) -> None:
    """`--archive` is taken before a command and after it, where people put it."""
    words = [arg.format(archive) for arg in args]
    if not any(word.startswith("--archive") for word in words):
        words += ["--archive", str(archive)]
    done = sagsspor(*words, cwd=tmp_path)
    assert (done.returncode, done.stderr) == (0, "")


def test_demo_goes_where_it_is_told(tmp_path: Path) -> None:
    """The demo makes its archive where `--archive` says, and puts no sample into an archive that has other papers."""
    assert sagsspor("demo", archive=tmp_path / "prøve", cwd=tmp_path).returncode == 0
    assert [path.name for path in tmp_path.iterdir()] == ["prøve"]
    assert sagsspor("demo", "--archive", str(tmp_path / "prøve")).returncode == 0
    paper = tmp_path / "brev.txt"
    paper.write_text("Brev om havnen", encoding="utf-8")
    answer("import", str(paper), archive=tmp_path / "rigtig")
    done = sagsspor("demo", archive=tmp_path / "rigtig")
    assert (done.returncode, answer("status", archive=tmp_path / "rigtig")["documents"]) == (2, 1)


def test_slips_are_named(tmp_path: Path) -> None:
    """A file that is not there is wrong use, as for an import; a log that cannot be written is named."""
    done = sagsspor("extract", "findes-ikke.txt", cwd=tmp_path)
    assert done.returncode == 2
    assert "findes-ikke.txt does not exist" in done.stderr
    done = sagsspor("--log-file", str(tmp_path / "nej" / "log"), "status", cwd=tmp_path)
    assert done.returncode == 2
    assert str(tmp_path / "nej" / "log") in done.stderr


def test_broken_files_fail_one_by_one(tmp_path: Path) -> None:
    """An empty file, a truncated PDF, a DOCX that is no zip: each one line with a reason, and the rest goes in."""
    folder = tmp_path / "in"
    folder.mkdir()
    (folder / "empty.pdf").touch()
    (folder / "broken.docx").write_bytes(b"PK\x03\x04 this is no zip file at all")
    (folder / "short.pdf").write_bytes((SAMPLE / "charter-br.pdf").read_bytes()[:900])
    (folder / "good.txt").write_text("Notat\n\nHavnen åbner den 3. maj 2011.\n", encoding="utf-8")
    os.mkfifo(folder / "pipe.txt")
    done = sagsspor("import", str(folder), "--json", archive=tmp_path / "archive")
    shown = json.loads(done.stdout.splitlines()[-1])
    assert done.returncode == 1
    assert shown["counts"]["imported"] == 1
    assert shown["counts"]["skipped"] == 1
    codes = {Path(failure["path"]).name: failure["code"] for failure in shown["failures"]}
    assert codes["empty.pdf"] == "empty"
    assert set(codes) == {"empty.pdf", "broken.docx", "short.pdf"}
    assert all(failure["message"] for failure in shown["failures"])
    assert shown["total"] == 5


def test_extract_of_a_broken_file(tmp_path: Path) -> None:
    """`extract` of a file that cannot be read prints the error object and exits with 1."""
    (tmp_path / "empty.txt").touch()
    done = sagsspor("extract", str(tmp_path / "empty.txt"), "--json")
    assert done.returncode == 1
    check(json.loads(done.stdout), "error")


def test_case_of_a_meeting_item(archive: Path) -> None:
    """The case page of one item's number shows that item with its page, not the whole paper."""
    shown = answer("show", "plan-og-teknik-2022-03-08-referat.pdf", archive=archive)
    items = [item for item in shown["items"] if item["case_numbers"]]
    assert len(items) >= 8
    last = items[-1]
    page = answer("case", last["case_numbers"][0], archive=archive)
    paper = next(paper for paper in page["documents"] if paper["id"] == shown["id"])
    assert paper["title"] == last["title"]
    assert paper["page"] == last["page"] > 1


def test_every_command_with_json_has_a_schema() -> None:
    """A command that takes --json has its shape in docs/schema.json and its line in docs/json.md."""
    from cli import main

    shown = (ROOT / "docs" / "json.md").read_text(encoding="utf-8")
    for name, command in main.commands.items():
        if any("--json" in option.opts for option in command.params):
            assert f"`{name}" in shown, name
            assert name in SCHEMA["$defs"] or name in ("retry", "reprocess"), name


def test_correction_is_found_at_once(tmp_path: Path) -> None:
    """A corrected case number leads to the case at once, and survives that the file is imported again."""
    archive = tmp_path / "archive"
    sagsspor("import", str(SAMPLE / "charter-br.pdf"), archive=archive)
    check(answer("correct", "charter-br.pdf", "case_numbers", "2012-4711", "--by", "ida", archive=archive), "correct")
    assert answer("search", "2012-0004711", archive=archive)["case"]["number"] == "2012-4711"
    sagsspor("retry", archive=archive)
    sagsspor("import", str(SAMPLE / "charter-br.pdf"), archive=archive)
    assert answer("case", "2012-4711", archive=archive)["documents"]
    answer("correct", "charter-br.pdf", "case_numbers", "--undo", archive=archive)
    assert answer("search", "2011-98211", archive=archive)["case"]["number"] == "2011-98211"


def test_removed_document_is_gone(tmp_path: Path) -> None:
    """A withdrawn document leaves catalogue, index, originals and passages, and does not come back by import."""
    archive = tmp_path / "archive"
    sagsspor("import", str(SAMPLE / "charter-br.pdf"), archive=archive)
    original = next((archive / "files").glob("??/*"))
    check(answer("remove", "charter-br.pdf", "--reason", "trukket tilbage", archive=archive), "remove")
    assert not original.exists()
    assert answer("search", "charter", archive=archive)["hits"] == []
    copy = tmp_path / "kopi.pdf"
    copy.write_bytes((SAMPLE / "charter-br.pdf").read_bytes())
    assert answer("import", str(copy), archive=archive)["counts"] == {"removed": 1}
    assert not original.exists()
    assert answer("search", "charter", archive=archive)["hits"] == []


def test_check_finds_what_is_wrong(tmp_path: Path) -> None:
    """A damaged original, a lost one and a stray file are found; --repair takes the stray one away."""
    archive = tmp_path / "archive"
    sagsspor("import", str(SAMPLE / "charter-br.pdf"), str(SAMPLE / "charter-kfu.pdf"), archive=archive)
    assert answer("check", archive=archive)["faults"] == []
    first, second = sorted((archive / "files").glob("??/*"))
    first.write_bytes(b"something else")
    second.unlink()
    (archive / "files" / "00").mkdir(exist_ok=True)
    (archive / "files" / "00" / ("0" * 62)).write_bytes(b"stray")
    kinds = [fault["kind"] for fault in answer("check", archive=archive, exit_code=1)["faults"]]
    assert sorted(kinds) == ["original-damaged", "original-missing", "orphan"]
    assert sagsspor("check", archive=archive).stderr == ""
    shown = answer("check", "--repair", archive=archive, exit_code=1)
    check(shown, "check")
    mended = {fault["kind"]: fault["mended"] for fault in shown["faults"]}
    assert mended == {"original-damaged": False, "original-missing": False, "orphan": True}
    assert not (archive / "files" / "00" / ("0" * 62)).exists()


def test_file_that_goes_back_is_no_fault(tmp_path: Path) -> None:
    """A file that is changed, and changed back, leaves nothing for `check` to find."""
    archive, paper = tmp_path / "archive", tmp_path / "brev.txt"
    for text in ("Brev om havnen", "Brev om havnebadet", "Brev om havnen"):
        paper.write_text(text, encoding="utf-8")
        answer("import", str(paper), "--verify", archive=archive)
    assert answer("check", archive=archive)["faults"] == []


def test_hearing_shows_who_answered(archive: Path) -> None:
    """The hearing of a case names its deadline, its answers and the decision that speaks of it."""
    page = answer("hearing", "2013-218833", archive=archive)
    assert page["deadlines"]
    assert len(page["answers"]) >= 2
    assert any("høring" in quote.casefold() for each in page["decisions"] for quote in each["quotes"])


def test_backup_is_a_whole_archive(tmp_path: Path) -> None:
    """A backup restored in another place answers like the archive it was made of; reading anew changes nothing."""
    archive, copy = tmp_path / "archive", tmp_path / "elsewhere"
    sagsspor("import", str(SAMPLE), "--quiet", archive=archive)
    assert sagsspor("backup", str(tmp_path / "b.tar"), archive=archive).returncode == 0
    assert sagsspor("backup", str(tmp_path / "b.tar"), archive=archive).returncode == 2
    assert sagsspor("restore", str(tmp_path / "b.tar"), archive=copy).returncode == 0
    wanted = answer("search", "havnebade", archive=archive)
    assert answer("search", "havnebade", archive=copy) == wanted
    assert answer("check", archive=copy)["faults"] == []
    before = sagsspor("links", "--pairs", "--json", archive=copy).stdout
    assert "failed" not in answer("reprocess", archive=copy)["counts"]
    assert sagsspor("links", "--pairs", "--json", archive=copy).stdout == before
    sagsspor("reindex", archive=copy)
    assert answer("search", "havnebade", archive=copy)["total"] == wanted["total"]


def test_vanished_file_is_reported_and_stays(tmp_path: Path) -> None:
    """A file that is gone at the next import is named; its document is still found."""
    folder = tmp_path / "in"
    folder.mkdir()
    (folder / "brev.txt").write_text("Brev om havnebadet", encoding="utf-8")
    answer("import", str(folder), archive=tmp_path / "archive")
    (folder / "brev.txt").unlink()
    assert answer("import", str(folder), archive=tmp_path / "archive")["vanished"] == [str(folder / "brev.txt")]
    assert answer("search", "havnebadet", archive=tmp_path / "archive")["total"] == 1


def test_debug_layout_draws_the_page(tmp_path: Path) -> None:
    """`debug layout` writes a picture of the page with the margin's boxes in red; what is no PDF is refused."""
    done = sagsspor("debug", "layout", str(SAMPLE / "hoering-skolegaardsplan.pdf"), "--png", str(tmp_path / "p.png"))
    assert done.returncode == 0, done.stderr
    picture = Image.open(tmp_path / "p.png").convert("RGB")
    colours = {colour for _, colour in picture.getcolors(1_000_000)}
    assert {(0x1B, 0x6C, 0xA8), (0xC0, 0x39, 0x2B)} <= colours
    refused = sagsspor("debug", "layout", str(SAMPLE / "brev-havnebyer.docx"), "--png", str(tmp_path / "q.png"))
    assert (refused.returncode, (tmp_path / "q.png").exists()) == (2, False)


def test_whoosh_answers_like_tantivy(tmp_path: Path) -> None:
    """With SAGSSPOR_ENGINE=whoosh the same archive finds the same papers; an index of the other engine is refused."""
    archive = tmp_path / "archive"
    sagsspor("import", str(SAMPLE), "--quiet", archive=archive)
    wanted = {hit["id"] for hit in answer("search", "havnebade", archive=archive)["hits"]}
    environment = {**os.environ, "PYTHONPATH": str(ROOT), "SAGSSPOR_ENGINE": "whoosh"}
    base = [sys.executable, "-m", "cli", "--archive", str(archive)]
    refused = subprocess.run([*base, "search", "havnebade"], env=environment, capture_output=True, text=True)
    assert refused.returncode == 2
    assert "reindex" in refused.stderr
    assert subprocess.run([*base, "reindex"], env=environment, capture_output=True).returncode == 0
    done = subprocess.run([*base, "search", "havnebade", "--json"], env=environment, capture_output=True, text=True)
    assert {hit["id"] for hit in json.loads(done.stdout)["hits"]} == wanted


def test_saved_search_shows_only_what_is_new(tmp_path: Path) -> None:
    """A saved search prints what came in since it was last asked, once."""
    archive = tmp_path / "archive"
    sagsspor("import", str(SAMPLE / "charter-br.pdf"), "-q", archive=archive)
    check(answer("saved", "add", "havne", "charter havn", archive=archive), "saved")
    assert sagsspor("saved", "new", "havne", archive=archive).stdout == ""
    sagsspor("import", str(SAMPLE / "charter-kfu.pdf"), "-q", archive=archive)
    page = answer("saved", "new", "havne", archive=archive)
    check(page, "search")
    assert [Path(hit["path"]).name for hit in page["hits"]] == ["charter-kfu.pdf"]
    assert answer("saved", "new", "havne", archive=archive)["hits"] == []
    shown = answer("saved", "forget", "havne", archive=archive)
    check(shown, "saved")
    assert shown["saved"] == []


def test_search_facets_count_what_is_found(archive: Path) -> None:
    """`--facets` counts the found papers by body, year and type; without it the text has none."""
    shown = sagsspor("search", "skolegårde", "--facets", archive=archive).stdout
    counted = {line.split()[0]: line for line in shown.splitlines() if line.startswith("  ") and line[2:3].isalpha()}
    assert {"committees", "years", "types", "signers", "cases"} <= counted.keys()
    assert "2014 (" in counted["years"]
    assert "  types" not in sagsspor("search", "skolegårde", archive=archive).stdout


def test_help_keeps_examples_on_lines_of_their_own() -> None:
    """Examples in a command's help stand one to a line, without signs of markup."""
    shown = sagsspor("--help").stdout
    assert "\n    sagsspor demo  " in shown
    assert "\\b" not in shown + sagsspor("search", "--help").stdout
