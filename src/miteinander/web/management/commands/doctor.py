"""``miteinander doctor``: look at everything and say what to do."""

from django.core.management.base import BaseCommand, CommandError

from miteinander.web.health import all_findings


class Command(BaseCommand):
    """Check the instance; the exit code is 1 if something needs a hand."""

    help = "Check database, mail, jobs, disk, translations and secrets, and say what to do."

    def handle(self, *args: object, **options: object) -> None:
        findings = all_findings()
        for finding in findings:
            word = "OK     " if finding.is_well else "PROBLEM"
            self.stdout.write(f"{word}  {finding.name:13} {finding.text}")
        if problems := sum(not finding.is_well for finding in findings):
            raise CommandError(f"{problems} of {len(findings)} checks found a problem.")
