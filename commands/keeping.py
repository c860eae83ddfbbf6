"""Commands that keep an archive: status, correct, reindex, check, remove."""

from __future__ import annotations

import getpass
import sys

import click

from commands.shell import Shell, json_option, print_answer
from corpus.errors import NotFoundError, UsageError


@click.command()
@json_option
@click.pass_obj
def status(shell: Shell, as_json: bool) -> None:
    """Say what is in the archive: documents by type, the ledger, the last runs, what failed."""
    from search.status import status_json, status_lines

    with shell.open() as archive:
        seen = status_json(archive)
    print_answer(seen, status_lines(seen), as_json)


@click.command()
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
    r"""Set a value that was extracted wrongly; it wins, and stays when the document is read again.

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
            with archive.lock(), Follower(archive) as follower:
                if value is not None:
                    archive.catalogue.correct(record.id, field, value, by or getpass.getuser())
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


@click.command()
@click.pass_obj
def reindex(shell: Shell) -> None:
    """Make the index anew from the catalogue. No original is read."""
    from index.sync import rebuild

    with shell.open() as archive, archive.lock():
        rebuild(archive)
        click.echo(f"{archive.catalogue.count()} documents indexed.")


@click.command()
@click.option("--repair", is_flag=True, help="Mend what can be mended: leftovers, an index that disagrees.")
@json_option
@click.pass_obj
def check(shell: Shell, repair: bool, as_json: bool) -> None:
    """Recount everything: originals against their hashes, catalogue against ledger, index against catalogue."""
    from search.check import check_archive, fault_lines

    with shell.open() as archive, archive.lock():
        shown = check_archive(archive, repair=repair)
    print_answer(shown, fault_lines(shown), as_json)
    if shown["faults"] and not repair:
        sys.exit(1)


@click.command()
@click.argument("doc")
@click.option("--reason", required=True, metavar="TEXT", help="Why it is removed; this stays in the log.")
@click.option("--by", metavar="NAME", help="Who removes it.  [default: the user's name]")
@json_option
@click.pass_obj
def remove(shell: Shell, doc: str, reason: str, by: str | None, as_json: bool) -> None:
    """Remove a withdrawn document from catalogue, index, files and passages. A line in the log stays."""
    from index.sync import Follower
    from search.document import find_document

    with shell.open() as archive:
        record = find_document(archive, doc)
        with archive.lock(), Follower(archive) as follower:
            archive.catalogue.remove(record.id, reason, by or getpass.getuser())
            archive.files.remove(record.sha256)
            follower.follow()
    shown = {"schema": 1, "removed": record.id, "reason": reason}
    print_answer(shown, [f"Removed {record.id} ({reason})."], as_json)
