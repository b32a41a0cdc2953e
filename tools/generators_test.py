"""Tests of the generators of sample data."""
import datetime
import pathlib
import random
import re
import subprocess
import sys
import unittest

import locomo_to_jsonl
import make_sample_export

TOOL = pathlib.Path(__file__).parent / "make_sample_export.py"


def export(*arguments: str) -> str:
    return subprocess.run([sys.executable, str(TOOL), *arguments], check=True, capture_output=True,
                          encoding="utf-8").stdout


class SampleExport(unittest.TestCase):
    def test_has_as_many_messages_as_asked_and_a_notice(self):
        heads = re.findall(r"^\d\d\.\d\d\.\d\d, \d\d:\d\d - ", export("--count", "300"), re.M)
        self.assertEqual(len(heads), 301)

    def test_is_the_same_for_the_same_seed(self):
        self.assertEqual(export("--count", "50"), export("--count", "50"))
        self.assertNotEqual(export("--count", "50"), export("--count", "50", "--seed", "2"))

    def test_runs_forwards_over_three_years(self):
        times = make_sample_export.times(2000, random.Random(1))
        self.assertEqual(times, sorted(times))
        self.assertGreater(times[-1] - times[0], datetime.timedelta(days=900))
        self.assertLess(times[-1] - times[0], datetime.timedelta(days=1300))

    def test_every_template_can_be_filled(self):
        for template in make_sample_export.TEMPLATES + make_sample_export.SHORT:
            self.assertNotIn("{", make_sample_export.fill(template, random.Random(1)))


class Locomo(unittest.TestCase):
    def test_keeps_content_time_and_origin(self):
        document = {"conversations": [{"name": "26", "memories": [
            {"id": "D1:1", "content": "Caro: Hey: you", "created_at": "2023-05-08T13:56:00.000Z", "session": 1}]}]}
        self.assertEqual(locomo_to_jsonl.convert(document), [
            {"content": "Caro: Hey: you", "created_at": "2023-05-08T13:56:00.000Z", "source": "locomo",
             "metadata": {"conversation": "26", "turn": "D1:1"}}])


if __name__ == "__main__":
    unittest.main()
