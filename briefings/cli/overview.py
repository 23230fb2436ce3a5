"""What ``briefings --help`` says. It is text that needs no library, because whoever asks what there is should not wait."""

COMMANDS = {
    "add": ("intake", "Take documents in: files and folders of txt, html, docx, pdf."),
    "audit": ("briefs", "Prove every number of a produced PDF, Word, HTML or XLSX file."),
    "backup": ("backup", "Write store, originals and editions into one archive."),
    "build": ("briefs", "Make the briefings of briefings.toml, all or by id."),
    "checks": ("checks", "Set the numbers of all documents against each other."),
    "correct": ("corrections", "Set a fact or a document's metadata right; it lasts."),
    "corrections": ("corrections", "List what people corrected, and what a new version has reopened."),
    "coverage": ("coverage", "Say what became of every number: fact, masked, not understood."),
    "demo": ("briefs", "Build the sample digest from the sample documents."),
    "diff": ("diff", "Say what changed between two editions of a briefing, and why."),
    "doctor": ("machine", "Say what is fine and what is not on this machine."),
    "documents": ("intake", "List the documents that were found."),
    "extract": ("findings", "Print the facts of one file, without keeping anything."),
    "facts": ("findings", "List and filter the facts of the store."),
    "impact": ("impact", "Say which briefings and numbers files would change."),
    "init": ("briefs", "Write a commented briefings.toml."),
    "inspect": ("inspect", "Check how a produced PDF or Word file is made, point by point."),
    "list": ("briefs", "List the briefings and their latest editions."),
    "mail": ("mail", "List the letters to readers; send them, send again, try the way."),
    "measures": ("findings", "List what was done, the problems and the plans."),
    "promises": ("promises", "Follow plans into the next period; decide what answers them."),
    "quarantine": ("intake", "List the files that could not be read, and why; try them again."),
    "restore": ("backup", "Make a workspace of a backup again, every file checked."),
    "runs": ("runs", "List what was made, when and why, with its log; try again."),
    "schedule": ("schedule", "List when briefings are due; run, pause, resume a schedule."),
    "serve": ("serve", "Serve the page and the API, and do what watch does."),
    "templates": ("templates", "List, check, show and change templates and styles."),
    "users": ("users", "Say who may use the page: users, roles, passwords, tokens."),
    "watch": ("watch", "Take the inbox in, make what changed or is due, until stopped."),
    "why": ("coverage", "Show what the extractor did at one place of a document."),
}
"""Each command: the module of ``briefings.cli`` that holds it, and its line in the help."""

_HEAD = """\
Usage: briefings [OPTIONS] COMMAND [ARGS]...

  Comparative briefings from work summaries; every number leads to its
  sentence.

Options:
  --version             Show the version and exit.
  -C, --workspace PATH  The folder of briefings.toml.  [default: the current
                        folder]
  --debug               Show where in the program an unexpected error arose.
  -h, --help            Show this message and exit.

Commands:
"""


def overview() -> str:
    """The help: usage, options, and a line for each command, in 80 columns."""
    width = max(map(len, COMMANDS))
    return _HEAD + "".join(f"  {name:{width}}  {COMMANDS[name][1]}\n" for name in sorted(COMMANDS))
