"""The demo world, loaded once per test process, and every address of the site it makes."""

import os
from dataclasses import replace
from pathlib import Path

from sqlmodel import Session, select

from positions.models import Contest, Topic
from tests.tracker.confiding import PUBLIC
from tracker.config import Config
from transcripts.models import Forum, Person, Turn

VIEWS = ("question", "topic", "statement")


def config_in(home: Path) -> Config:
    """The configuration of a throw-away site."""
    told = {"TRACKER_HOME": str(home), "TRACKER_TESTIMONY_KEY": str(PUBLIC)}
    return replace(Config.from_env(told), zone="America/New_York")


def environment_of(config: Config) -> dict[str, str]:
    """What the command line needs to work on that site."""
    told = {"TRACKER_HOME": str(config.home), "TRACKER_DATABASE_URL": config.database_url}
    return {**os.environ, "TRACKER_TESTIMONY_KEY": config.testimony_key, **told}


def addresses(session: Session) -> list[str]:
    """One address of every page in every state it has, and of every race and forum, without language prefix."""
    first = session.exec(select(Turn).where(Turn.kind == "speech").order_by(Turn.id).limit(1)).one()
    people = session.exec(select(Person.slug).order_by(Person.slug)).all()
    contests = session.exec(select(Contest.slug).order_by(Contest.slug)).all()
    forums = session.exec(select(Forum.slug).order_by(Forum.slug)).all()
    topics = session.exec(select(Topic.slug).order_by(Topic.slug)).all()
    return [
        "/",
        "/about",
        "/method",
        "/patterns",
        "/forums",
        "/contests",
        "/topics",
        "/check",
        "/programs/lead-new-haven/design",
        "/programs/port-linden-bridge/design",
        "/requests",
        "/requests/port-linden-names-of-contacts",
        "/classes",
        "/classes/lesson",
        "/tell",
        "/checkpoints",
        "/commitments",
        "/commitments?standing=late",
        "/commitments/port-linden-ordinance-ninety-days",
        "/commitments/port-linden-two-columns-monthly",
        "/commitments/bronin-program-like-lead",
        "/programs",
        "/programs/lead-new-haven",
        "/programs/port-linden-bridge",
        "/programs/port-linden-bridge/sheet",
        "/programs/port-linden-bridge/changes",
        "/figures",
        "/figures/bridge-referred?by=area",
        "/figures/bridge-referred?with=bridge-open-cases",
        "/figures/bridge-beds-added",
        "/figures/lead-new-haven-active?by=race",
        "/figures/port-linden-low-level-arrests?by=offense",
        "/figures/connecticut-military-equipment",
        "/glossary",
        "/acts",
        "/acts/federal-equipment-ban",
        "/models",
        "/models/lead",
        *(f"/programs/port-linden-bridge/{part}" for part in ("history", "money", "people", "documents")),
        "/programs/lead-new-haven/money",
        "/search",
        "/search?q=diversion",
        "/search/help",
        "/search?q=police&view=lines",
        "/search?q=police&view=questions",
        "/search?q=police&group=speaker&contest=port-linden-mayor-2027",
        "/search?q=zyzzyva+%22police+zyzzyva%22+polcie",
        "/search?q=zyzzyva",
        "/search?q=%22unbalanced",
        *(f"/forums/{slug}" for slug in forums),
        *(f"/forums/{slug}/participation" for slug in sorted({*forums[:1], *forums[-1:]})),
        *(f"/contests/{slug}" for slug in contests),
        *(f"/contests/{slug}/compare?by={view}" for slug in contests for view in VIEWS),
        *(f"/contests/{slug}/audit" for slug in sorted({*contests[:1], *contests[-1:]})),
        *(f"/contests/{slug}/match" for slug in sorted({*contests[:1], *contests[-1:]})),
        *(f"/contests/{slug}/quiz" for slug in sorted({*contests[:1], *contests[-1:]})),
        f"/turns/{first.key}",
        f"/turns/{first.key}?contest=mayor&hit=1",
        f"/turns/{first.key}?words=0-9&v={first.version}",
        f"/turns/{first.key}/cite?words=0-9&v={first.version}",
        *(f"/speakers/{slug}" for slug in people[:2]),
        "/speakers/delphine-okoro-reyes",
        "/speakers/delphine-okoro-reyes/everything",
        "/speakers/delphine-okoro-reyes/topics",
        *(f"/topics/{slug}" for slug in topics[:1]),
        "/topics/diversion",
        "/documents",
        "/documents/port-linden-bridge-report-2026-q3",
        "/documents/lead-watch-site",
        "/search/documents",
        "/search/documents?q=shelter+beds",
        "/follow",
        "/follow?speaker=delphine-okoro-reyes",
        "/follow?q=police+-tax&topic=housing&date=2015..2016",
    ]
