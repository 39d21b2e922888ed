# SPDX-License-Identifier: GPL-3.0-or-later
"""verify: every claim of a report beside what the logs say."""
import unittest

from support import SOURCE, TANGO, UNREADABLE, USAGE, CliTest

DIFFERS = 1


class Verify(CliTest):
    def draft(self):
        self.run_cli("draft", TANGO, "-o", "report.md")
        return (self.folder / "report.md").read_text()

    def verify(self, text, *more, status=DIFFERS):
        self.write("changed.md", text)
        return self.run_cli("verify", "changed.md", TANGO, *more, status=status).decode()

    def test_what_was_drafted_holds(self):
        text = self.draft()
        read = self.json_of("verify", "report.md", TANGO)
        self.assertEqual((read["differ"], read["no_data"]), (0, 0))
        self.assertGreater(read["agree"], 100)
        kinds = {claim["kind"] for claim in read["claims"]}
        self.assertLessEqual({"value", "moment", "evidence"}, kinds)
        self.assertEqual(self.run_cli("postmortem", "verify", "report.md", TANGO), self.run_cli("verify", "report.md", TANGO))
        self.run_cli("draft", TANGO, "-o", "report.json")
        self.assertEqual(self.json_of("verify", "report.json", TANGO)["differ"], 0)
        self.assertIn("SHA-256", text)

    def test_the_draft_among_the_samples_is_what_is_drafted(self):
        kept = (SOURCE / "samples/drafts/tango.md").read_text()
        self.run_cli("draft", TANGO, "-o", "tango.md")
        self.assertEqual(kept, (self.folder / "tango.md").read_text())
        self.assertIn(" 0 differ, 0 without data", self.verify(kept, status=0))

    def test_what_was_changed_since_is_found(self):
        text = self.draft()
        said = self.verify(text.replace("**Requests failed:** 18.8 %", "**Requests failed:** 11.8 %"))
        self.assertIn("7.0 points too low", said)
        self.assertEqual(said.count("differs"), 1)
        digest = text.partition("SHA-256 `")[2][:64]
        said = self.verify(text.replace(digest, "0" * 64))
        self.assertIn("these lines have changed", said)
        said = self.verify(text.replace(f", SHA-256 `{digest}`", ""), status=0)
        self.assertIn("the note has no digest", said)
        self.assertIn("without data", self.verify(text.replace("## Lessons", "\n## Conclusion\n\nWe lost 77 disks.\n\n## Lessons"),
                                                  status=0))

    def test_what_nobody_would_write(self):
        text = self.draft()
        head, _, rest = text.rpartition("\n[^1]: ")
        lines = rest.split(", line", 1)[0] + ", lines 18446744073709551565–18446744073709551615\n"
        hostile = head + "\n[^1]: " + lines + rest.partition("\n")[2]
        said = self.verify(hostile + "\n## Conclusion\n\nThe outage lasted 200000 days.\n", "--all")
        self.assertIn("200000 days", said)

    def test_a_foreign_document(self):
        said = self.verify("# Outage\n\n## Issue Summary\n\nOn January 15, 2024, from 09:59 to 10:02 UTC, "
                           "55% of requests failed.\n\n## Timeline\n\n- 10:02 UTC: service restored\n")
        self.assertIn("55%", said)
        self.assertIn("18.8 %", said)

    def test_statuses(self):
        self.run_cli("verify", status=USAGE)
        self.run_cli("verify", "missing.md", TANGO, status=UNREADABLE)
        self.write("empty.md", "# a\n")
        self.run_cli("verify", "empty.md", "missing", status=UNREADABLE)


if __name__ == "__main__":
    unittest.main()
