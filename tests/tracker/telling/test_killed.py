"""Killed 50 times in mid-send with SIGKILL: no letter is lost, and one that comes again has the Message-ID it had."""

import os
import random
import subprocess
import sys
from collections import defaultdict
from pathlib import Path

from sqlmodel import select

from tests.corpora import ROOT
from tests.databases import migrated_file
from tests.tracker.telling.following import follow, hear
from tests.tracker.telling.servers import Inbox, listening
from tests.transcripts.records import stored
from tracker.db import Database
from tracker.telling.links import new_ref
from tracker.telling.models import Follower, Letter, Subscription

LETTERS, KILLS = 120, 50


def test_fifty_times_killed_loses_nothing_and_repeats_only_the_same_letter(tmp_path: Path) -> None:
    url = migrated_file(tmp_path / "tracker.db")
    with Database(url) as database:
        follow(database, "q=homes")
        with database.write() as session:
            (one,) = session.exec(select(Subscription))
            for n in range(LETTERS - 1):
                address = f"reader{n}@example.org"
                session.add(Follower(id=n + 10, ref=new_ref(), address=address, folded=address))
                copied = one.model_dump(exclude={"id", "ref", "follower_id"})
                session.add(Subscription(ref=new_ref(), follower_id=n + 10, **copied))
            for letter in session.exec(select(Letter)):
                session.delete(letter)
        stored(database)
        hear(database)
        with listening(inbox := Inbox()) as at:
            seed = random.randrange(2**32)
            print(f"seed {seed}")
            command = [sys.executable, "-m", "tests.tracker.telling.mailer"]
            told = [str(tmp_path), url, f"smtp://{at}", str(KILLS), str(seed)]
            ended = subprocess.run(
                [*command, *told], cwd=ROOT, env=dict(os.environ), capture_output=True, text=True, timeout=250
            )
            assert ended.returncode == 0, ended.stderr
        assert int(ended.stdout) == KILLS, "each was killed while it had letters to send"
        ids: dict[str, list[str]] = defaultdict(list)
        for to, message in inbox.letters:
            ids[to].append(message["Message-ID"])
        with database.read() as session:
            written = {letter.message_id for letter in session.exec(select(Letter).where(Letter.state == "sent"))}
            assert len(session.exec(select(Letter)).all()) == LETTERS
        assert len(ids) == LETTERS and {one[0] for one in ids.values()} == written, "nothing is lost"
        print(f"{len(inbox.letters) - LETTERS} came again")
        assert all(len(set(one)) == 1 for one in ids.values()), "what came again is the same letter"
