"""One module per first segment of an address. A page reads the request, asks one named question, renders."""

from tracker.pages import (
    about,
    account,
    cite,
    contests,
    corrections,
    downloads,
    embed,
    folders,
    forums,
    home,
    patterns,
    reports,
    search,
    sheets,
    speakers,
    topics,
    turns,
)
from tracker.pages.desk import BLUEPRINTS as DESK

BLUEPRINTS = (
    home.bp,
    search.bp,
    contests.bp,
    sheets.bp,
    forums.bp,
    corrections.bp,
    reports.bp,
    downloads.bp,
    turns.bp,
    cite.bp,
    embed.bp,
    folders.bp,
    speakers.bp,
    topics.bp,
    about.bp,
    patterns.bp,
    account.bp,
    *DESK,
)
