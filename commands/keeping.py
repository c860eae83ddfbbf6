"""Commands that keep an archive: status, correct, reindex, check, remove."""

from __future__ import annotations

import sys
from dataclasses import asdict
from pathlib import Path
from typing import TYPE_CHECKING, Any

import click

from commands.progress import meter
from commands.shell import Shell, Writing, json_option, print_answer
from corpus.errors import NotFoundError, UsageError
from corpus.settings import user_name
from corpus.text import count_of

if TYPE_CHECKING:
    from corpus.links import Verdict


@click.command()
@json_option
@click.pass_obj
def status(shell: Shell, as_json: bool) -> None:
    """Say what is in the archive: documents by type, the ledger, the last runs, what failed."""
    from search.status import status_json, status_lines

    with shell.open() as archive:
        seen = status_json(archive)
    print_answer(seen, status_lines(seen), as_json)


@click.command(cls=Writing)
@click.argument("doc", required=False)
@click.argument("field", required=False)
@click.argument("value", required=False)
@click.option("--undo", is_flag=True, help="Take back the newest correction of FIELD.")
@click.option("--list", "listed", is_flag=True, help="List the corrections, of DOC or of all documents.")
@click.option("--by", metavar="NAME", help="Who corrects.  [default: the user's name]")
@json_option
@click.pass_obj
def correct(
    shell: Shell,
    doc: str | None,
    field: str | None,
    value: str | None,
    undo: bool,
    listed: bool,
    by: str | None,
    as_json: bool,
) -> None:
    """Set a value that was extracted wrongly; it wins, and stays when the document is read again.

    \b
    sagsspor correct brev.pdf case_numbers "2010-16508; 2011-2"      lists are apart by ;
    sagsspor correct brev.pdf signatories "Asta Vindtved, direktør"
    sagsspor correct brev.pdf date --undo
    """
    from index.sync import Follower
    from search.document import find_document

    with shell.open() as archive:
        record = find_document(archive, doc) if doc else None
        if record and field and (undo or value is not None):
            with shell.lock(archive, "correct"), Follower(archive) as follower:
                if value is not None:
                    archive.catalogue.correct(record.id, field, value, by or user_name())
                elif not archive.catalogue.undo(record.id, field):
                    raise NotFoundError(f"{field} of {record.id} was not corrected.")
                follower.follow()
        elif not listed:
            raise UsageError("Say DOC FIELD VALUE, DOC FIELD --undo, or --list.", hint="See `sagsspor correct --help`.")
        found = archive.catalogue.corrections(record.id if record else None)
    lines = [
        f"{each.at}  {each.id}  {each.field} = {each.value!r} by {each.who}{' (undone)' if each.undone else ''}"
        for each in found
    ]
    print_answer({"schema": 1, "corrections": [each.to_json() for each in found]}, lines, as_json)


@click.group()
def instrument() -> None:
    """Say which names are one charter, policy or plan. It works backwards over everything imported."""


@instrument.command("list")
@json_option
@click.pass_obj
def list_instruments(shell: Shell, as_json: bool) -> None:
    """List the instruments whose names a person has put together."""
    _show_register(shell, as_json)


@instrument.command("add", cls=Writing)
@click.argument("name")
@click.option("--alias", "aliases", multiple=True, metavar="NAME", help="Another name of it; may be given many times.")
@json_option
@click.pass_obj
def add_instrument(shell: Shell, name: str, aliases: tuple[str, ...], as_json: bool) -> None:
    """Put names under an instrument."""
    from corpus.register import Register

    with shell.open() as archive, shell.lock(archive, "instrument"):
        register = Register(archive.catalogue)
        unused = register.unused((name, *aliases))
        register.add(name, aliases)
    _show_register(shell, as_json, unused)


@instrument.command("merge", cls=Writing)
@click.argument("name")
@click.argument("other")
@json_option
@click.pass_obj
def merge_instruments(shell: Shell, name: str, other: str, as_json: bool) -> None:
    """Make OTHER and all its names one with NAME."""
    from corpus.register import Register

    with shell.open() as archive, shell.lock(archive, "instrument"):
        Register(archive.catalogue).merge(name, other)
    _show_register(shell, as_json)


@instrument.command("split", cls=Writing)
@click.argument("name")
@json_option
@click.pass_obj
def split_instrument(shell: Shell, name: str, as_json: bool) -> None:
    """Make NAME an instrument of its own."""
    from corpus.register import Register

    with shell.open() as archive, shell.lock(archive, "instrument"):
        Register(archive.catalogue).split(name)
    _show_register(shell, as_json)


def _show_register(shell: Shell, as_json: bool, unused: tuple[str, ...] = ()) -> None:
    """Print the register; `unused` are names in it that no paper has so far, which may be slips."""
    from corpus.register import Register

    with shell.open() as archive:
        found = Register(archive.catalogue).instruments()
    shown: dict[str, Any] = {
        "schema": 1,
        "instruments": [{"name": each.name, "aliases": list(each.aliases)} for each in found],
    }
    shown |= {"unused": list(unused)}
    for name in unused if not as_json else ():
        click.echo(f"Nothing in the archive names {name!r} so far.", err=True)
    print_answer(shown, [f"{each.name}: {', '.join(each.aliases)}" for each in found], as_json)


@click.command(cls=Writing)
@click.argument("doc")
@click.argument("target")
@click.argument("verdict", type=click.Choice(["confirmed", "rejected"]))
@click.option("--by", metavar="NAME", help="Who says so.  [default: the user's name]")
@json_option
@click.pass_obj
def link(shell: Shell, doc: str, target: str, verdict: Verdict, by: str | None, as_json: bool) -> None:
    """Confirm or reject what links DOC to TARGET; kept like a correction."""
    from corpus.links import Links
    from search.document import find_document

    with shell.open() as archive, shell.lock(archive, "link"):
        source, aim = find_document(archive, doc), find_document(archive, target)
        links = Links(archive.catalogue)
        found = [each for each in links.out_of(source.id) if any(paper.id == aim.id for paper in each.targets)]
        if not found:
            raise NotFoundError(f"Nothing in {source.id} links to {aim.id}.", hint=f"See `sagsspor links {source.id}`.")
        for each in found:
            links.judge(each, aim.id, verdict, by or user_name())
    shown = {"schema": 1, "from": source.id, "to": aim.id, "verdict": verdict, "links": len(found)}
    print_answer(shown, [f"{len(found)} links from {source.id} to {aim.id} {verdict}."], as_json)


@click.command(cls=Writing)
@json_option
@click.pass_obj
def reindex(shell: Shell, as_json: bool) -> None:
    """Make the index anew from the catalogue. No original is read; who searches meanwhile has the old one."""
    from index.sync import rebuild

    with shell.open() as archive, shell.lock(archive, "reindex"), meter("Indexing", unit=" changes") as tell:
        rebuild(archive, tell)
        count = archive.catalogue.count()
    print_answer({"schema": 1, "documents": count}, [f"{count_of(count, 'document')} indexed."], as_json)


@click.command(cls=Writing)
@click.option("--repair", is_flag=True, help="Mend what can be mended: leftovers, an index that disagrees.")
@click.option("--quick", is_flag=True, help="Look at sizes and times; hash nothing.")
@json_option
@click.pass_obj
def check(shell: Shell, repair: bool, quick: bool, as_json: bool) -> None:
    """Recount everything: originals against their hashes, catalogue against ledger, index against catalogue.

    Originals that were left where they are (`import --in-place`) are looked at there: it says which changed or went.
    The exit code is 1 while there are faults that are not mended.
    """
    from search.check import check_archive, fault_lines

    with shell.open() as archive, shell.lock(archive, "check"), meter("Checking", unit=" documents") as tell:
        shown = check_archive(archive, repair=repair, quick=quick, tell=tell)
    print_answer(shown, fault_lines(shown), as_json)
    if not all(fault["mended"] for fault in shown["faults"]):
        sys.exit(1)


@click.command(cls=Writing)
@click.option("--dry-run", is_flag=True, help="Say what would be done; write nothing.")
@click.option("--reindex", "anew", is_flag=True, help="Make the index anew, too, where it must be.")
@json_option
@click.pass_obj
def upgrade(shell: Shell, dry_run: bool, anew: bool, as_json: bool) -> None:
    """Bring an archive of an older version up to this one. A copy of the catalogue as it was is kept beside it.

    The originals are not read. Where the index must be made anew as well, it says so. An archive of this version is
    left as it is, so that the command can stand in what installs a new version.
    """
    from corpus.settings import archive_path
    from corpus.upgrade import upgrade_archive
    from search.status import upgrade_json, upgrade_lines

    folder = archive_path(shell.option)
    with meter("Upgrading") as tell:
        done = upgrade_archive(folder, dry_run=dry_run, wait=shell.wait, tell=lambda _, now, total: tell(now, total))
    reindexed = anew and not dry_run and _mend_index(shell)
    shown = upgrade_json(folder, done, dry_run=dry_run, reindexed=reindexed)
    print_answer(shown, upgrade_lines(shown), as_json)


def _mend_index(shell: Shell) -> bool:
    """Make the index anew where another version made it; give whether that was so."""
    from index.sync import rebuild
    from search.status import index_json

    with shell.open() as archive:
        if index_json(archive)["state"] != "rebuild":
            return False
        with shell.lock(archive, "reindex"), meter("Indexing", unit=" changes") as tell:
            rebuild(archive, tell)
    return True


@click.command()
@click.argument("file", type=click.Path(dir_okay=False, path_type=Path))
@click.option("--include-in-place", is_flag=True, help="Copy originals into it that were left where they are, too.")
@json_option
@click.pass_obj
def backup(shell: Shell, file: Path, include_in_place: bool, as_json: bool) -> None:
    """Write catalogue and originals to one tar file. An import may run meanwhile.

    Originals that were left where they are (`import --in-place`) are not in it, unless it is told to include them.
    """
    from corpus.backup import write_backup

    with shell.open() as archive, meter("Writing", unit=" documents") as tell:
        done = write_backup(archive, file, include_in_place=include_in_place, tell=tell)
    shown = {"schema": 1, "file": str(file.absolute()), "bytes": file.stat().st_size, **asdict(done)}
    lines = [f"{file}: {count_of(done.documents, 'document')}, {count_of(done.originals, 'original')}."]
    if done.in_place:
        said = "originals are NOT in it: they were left where they are. Include them by --include-in-place."
        lines.append(f"  {done.in_place:,} {said}")
    if done.lost:
        said = "originals are not in it: they are gone, or changed. `sagsspor check` names them."
        lines.append(f"  {done.lost:,} {said}")
    print_answer(shown, lines, as_json)


@click.command()
@click.argument("file", type=click.Path(exists=True, dir_okay=False, path_type=Path))
@json_option
@click.pass_obj
def restore(shell: Shell, file: Path, as_json: bool) -> None:
    """Make the archive of a backup in a new folder (--archive DIR), and its index."""
    from corpus.backup import restore_backup
    from corpus.settings import archive_path
    from index.sync import rebuild

    folder = archive_path(shell.option)
    with meter("Restoring", unit=" bytes") as tell:
        count = restore_backup(file, folder, tell=tell)
    with shell.open() as archive, shell.lock(archive, "restore"), meter("Indexing", unit=" changes") as tell:
        rebuild(archive, tell)
    shown = {"schema": 1, "archive": str(folder.absolute()), "documents": count}
    print_answer(shown, [f"{folder}: {count_of(count, 'document')}."], as_json)


@click.command(cls=Writing)
@click.argument("named", metavar="DOC|SAGSNR")
@click.option("--reason", required=True, metavar="TEXT", help="Why it is removed; this stays in the log.")
@click.option("--by", metavar="NAME", help="Who removes it.  [default: the user's name]")
@click.option("--yes", is_flag=True, help="Do not ask before several documents are removed.")
@click.option("--reindex", "anew", is_flag=True, help="Make the index anew, so that its files hold nothing of it.")
@json_option
@click.pass_obj
def remove(shell: Shell, named: str, reason: str, by: str | None, yes: bool, anew: bool, as_json: bool) -> None:
    """Remove a withdrawn document, or all of a case, from catalogue, index, files and passages.

    What is inside a mail or an archive goes with it, unless it was found elsewhere, too. A meeting paper stays that has
    only an item of the case. A line in the log stays. None of it comes back by an import. What came inside a mail still
    lies in the mail's original, and that is said. The index finds it no more; its files hold its words until --reindex.
    """
    from index.sync import rebuild
    from search.removal import find_withdrawn, removal_lines, remove_all

    with shell.open() as archive:
        found = find_withdrawn(archive, named)
        if len(found.ids) > 1 and not yes:
            _ask(f"Remove {count_of(len(found.ids), 'document')} ({found.name})?")
        with shell.lock(archive, "remove"):
            remains = remove_all(archive, found.ids, reason, by or user_name())
            if anew:
                with meter("Indexing", unit=" documents") as tell:
                    rebuild(archive, tell)
    shown = {"schema": 1, "removed": found.name, "documents": list(found.ids), "reason": reason}
    shown |= {"left": list(remains.left), "meetings": list(found.meetings), "reindexed": anew}
    shown["within"] = [{"id": id_, "path": path} for id_, path in remains.within]
    print_answer(shown, removal_lines(shown), as_json)


def _ask(question: str) -> None:
    """Let somebody agree; raise UsageError where nobody is there to be asked."""
    if not sys.stdin.isatty():
        raise UsageError(question, hint="Say --yes.")
    click.confirm(question, abort=True, err=True)
