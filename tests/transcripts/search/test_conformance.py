"""What every engine must do, held against brute force and against one another."""

from pathlib import Path

import pytest

from tests.transcripts.search.engines import open_engine
from tests.transcripts.search.generated import World
from tests.transcripts.search.oracle import Oracle, distance, keys, lately, matches
from tests.transcripts.search.trees import Trees
from transcripts.errors import Conflict
from transcripts.search.documents import Document
from transcripts.search.engine import Page, Request, SearchEngine, Sort
from transcripts.search.language import MAX_CHARACTERS, MAX_TERMS
from transcripts.search.matching import Heard, Matcher
from transcripts.search.parsing import parse
from transcripts.search.plan import Any, Every, is_ranked, plan
from transcripts.search.query import And, Field, Near, Not, Or, Query, Term, all_of, count_leaves
from transcripts.search.store import Missing, Unusable

pytestmark = pytest.mark.xdist_group("index")
"""In one process: the world, its indexes and what brute force finds in it are made once."""
QUERIES = 200
EVERYTHING = 10_000


def ask(engine: SearchEngine, query: Query | None, filters: dict[str, Query] | None = None, **asked: object) -> Page:
    named = {name: plan(one, engine.expand) for name, one in (filters or {}).items()}
    return engine.search(Request(plan(query, engine.expand), named, **asked))


def test_generated_queries_find_what_brute_force_finds(indexed: SearchEngine, world: World, oracle: Oracle) -> None:
    """Printed, typed again, run under filters: the same turns in the same order, the same total, the same counts of facets."""
    trees = Trees(7, world, oracle)
    for number in range(QUERIES):
        query = trees.query()
        filters = trees.filters(number % 4)
        said = f"{query} with {[str(one) for one in filters.values()]}"
        page = ask(indexed, _typed(query), filters, sort=Sort.OLDEST, limit=EVERYTHING)
        found = oracle.numbers(query).intersection(*map(oracle.numbers, filters.values()))
        assert [hit.key for hit in page.hits] == keys(oracle.turns[one] for one in found), said
        assert page.total == len(found), said
        assert page.facets == oracle.facets(query, filters), said
        if number % 4 == 0:
            latest = ask(indexed, query, filters, sort=Sort.ADDED, limit=20, facets=()).hits
            assert [hit.key for hit in latest] == lately(oracle.turns[one] for one in found)[:20], said


def test_the_matcher_finds_what_brute_force_finds(world: World, oracle: Oracle) -> None:
    """It has no index and looks at one turn at a time."""
    trees = Trees(7, world, oracle)
    heard = [Heard(turn.document) for turn in oracle.turns]
    for number in range(QUERIES):
        parts = (trees.query(), *trees.filters(number % 4).values())
        matcher = Matcher(all_of(parts))
        found = set(range(len(heard))).intersection(*map(oracle.numbers, parts))
        assert {n for n, turn in enumerate(heard) if matcher.matches(turn)} == found, str(all_of(parts))


def _typed(query: Query) -> Query | None:
    """A query as it comes back from the text it prints; one longer than a reader may type stays as it is."""
    printed = str(query)
    return parse(printed).query if len(printed) <= MAX_CHARACTERS and count_leaves(query) <= MAX_TERMS else query


@pytest.mark.parametrize("within", [1, 2, 3, 4, 7])
def test_nearness_of_very_common_words(indexed: SearchEngine, world: World, oracle: Oracle, within: int) -> None:
    """Words that stand in most turns and several times in each, one of them asked for twice."""
    common = [roots[0] for roots in world.forms["en"][:4]]
    heard = [Heard(turn.document) for turn in oracle.turns]
    for words in (common[:2], common[:3], common[1:4], [common[0], common[0]], [common[0], common[1], common[0]]):
        near = Near(tuple(words), within)
        page = ask(indexed, near, sort=Sort.OLDEST, limit=EVERYTHING)
        assert [hit.key for hit in page.hits] == keys(oracle.found(near)), str(near)
        matcher = Matcher(near)
        assert oracle.numbers(near) == {n for n, turn in enumerate(heard) if matcher.matches(turn)}, str(near)


def test_relevance_is_bm25(indexed: SearchEngine, world: World, oracle: Oracle) -> None:
    """Overlap of the first ten with the exact score; hits of equal score as the tenth may stand for one another."""
    trees = Trees(13, world, oracle)
    overlaps = []
    while len(overlaps) < 60:
        words = (trees.term(), trees.term(), trees.term() if len(overlaps) % 3 else trees.phrase())
        query = (And if len(overlaps) % 2 else Or)(words[: 2 + len(overlaps) % 2])
        scores = {turn.document.key: oracle.score(query, turn) for turn in oracle.found(query)}
        if len(scores) < 10:
            continue
        tenth = sorted(scores.values())[-10]
        best = [hit.key for hit in ask(indexed, query).hits]
        overlaps.append(sum(scores[key] >= tenth * 0.9999 for key in best) / 10)
    assert sum(overlaps) / len(overlaps) >= 0.95


def test_equal_scores_are_ordered_by_date(indexed: SearchEngine) -> None:
    page = ask(indexed, Field("grade", "reviewed"), limit=50)
    assert [hit.order for hit in page.hits] == sorted((hit.order for hit in page.hits), reverse=True)


def test_hits_of_one_score_straddling_a_page_keep_their_order(engine: SearchEngine, oracle: Oracle) -> None:
    model = oracle.turns[0].document
    same = [Document(f"same{n:03}", "forum", n + 1, model.date, "the very same words") for n in range(90)]
    engine.upsert(reversed(same))
    engine.commit()
    pages = [ask(engine, Term("same"), offset=start, limit=7) for start in range(0, 90, 7)]
    assert [hit.key for page in pages for hit in page.hits] == [document.key for document in reversed(same)]


@pytest.mark.parametrize("sort", [Sort.NEWEST, Sort.OLDEST, Sort.ADDED])
def test_pages_sorted_by_date_lose_and_repeat_nothing_while_a_writer_adds(
    engine: SearchEngine, world: World, oracle: Oracle, sort: Sort
) -> None:
    documents = [turn.document for turn in oracle.turns[:300]]
    engine.upsert(documents[::2])
    engine.commit()
    seen: list[str] = []
    after = None
    for late in documents[1::2]:
        page = ask(engine, None, sort=sort, limit=10, after=after)
        if not page.hits:
            break
        seen += [hit.key for hit in page.hits]
        after = page.hits[-1].place
        engine.upsert([late])
        engine.commit()
    assert len(seen) == len(set(seen))
    assert {document.key for document in documents[::2]} <= set(seen)


def test_relevance_pages_are_parts_of_one_list(indexed: SearchEngine, world: World, oracle: Oracle) -> None:
    query = Or((Trees(17, world, oracle).term(), Trees(18, world, oracle).term()))
    whole = ask(indexed, query, limit=60).hits
    parts = [hit for start in range(0, 60, 13) for hit in ask(indexed, query, limit=13, offset=start).hits]
    assert tuple(parts[:60]) == whole


def test_at_least_so_many_words(indexed: SearchEngine, world: World, oracle: Oracle) -> None:
    trees = Trees(19, world, oracle)
    words = tuple(trees.term() for _ in range(5))
    for least in range(1, 6):
        loose = Any(tuple(plan(word, indexed.expand) for word in words), least)
        page = indexed.search(Request(loose, sort=Sort.OLDEST, limit=EVERYTHING))
        fitting = [turn for turn in oracle.turns if sum(matches(word, turn) for word in words) >= least]
        assert [hit.key for hit in page.hits] == keys(fitting)


def test_only_an_exclusion_finds_all_the_rest(indexed: SearchEngine, oracle: Oracle) -> None:
    query = parse("-lang:es").query
    assert query == Not(Field("lang", "es"))
    assert ask(indexed, query).total == sum(turn.document.lang != "es" for turn in oracle.turns)


def test_expansion_agrees_with_the_vocabulary(indexed: SearchEngine, oracle: Oracle) -> None:
    word = next(word for word in sorted(oracle.vocabulary) if len(word) > 7)
    assert set(indexed.expand(word[:4], 0, EVERYTHING)) == {
        one for one in oracle.vocabulary if one.startswith(word[:4])
    }
    assert set(indexed.expand(word, 2, EVERYTHING)) == {one for one in oracle.vocabulary if distance(word, one) <= 2}
    assert len(indexed.expand(word[:1], 0, 5)) == 5


def test_an_added_turn_is_seen_by_another_reader(engine: SearchEngine, oracle: Oracle, tmp_path: Path) -> None:
    reader = open_engine(engine.name, tmp_path / "index")
    before = reader.refresh()
    engine.upsert([oracle.turns[0].document])
    generation = engine.commit()
    assert reader.refresh() == generation == before + 1
    assert [hit.key for hit in reader.search(Request(Every())).hits] == [oracle.turns[0].document.key]


def test_a_changed_turn_is_found_by_its_new_words_only_and_a_deleted_one_not_at_all(
    engine: SearchEngine, oracle: Oracle
) -> None:
    first, second = (turn.document for turn in oracle.turns[:2])
    engine.upsert([first, second])
    engine.commit()
    engine.upsert([Document(first.key, first.forum, first.order, first.date, "zeppelin")])
    engine.delete([second.key, "never heard of"])
    engine.commit()
    assert engine.health().count == 1
    assert [hit.key for hit in ask(engine, Term("zeppelin")).hits] == [first.key]
    assert ask(engine, Term(oracle.turns[1].words[0])).total == 0


def test_the_last_of_several_changes_to_one_turn_stands(engine: SearchEngine, oracle: Oracle) -> None:
    first, second = (turn.document for turn in oracle.turns[:2])
    engine.upsert([first, second, Document(first.key, first.forum, first.order, first.date, "zeppelin")])
    engine.delete([second.key])
    engine.commit()
    assert (engine.health().count, ask(engine, Term("zeppelin")).total) == (1, 1)
    engine.delete([first.key])
    engine.upsert([first])
    engine.commit()
    assert (engine.health().count, ask(engine, Term("zeppelin")).total) == (1, 0)


def test_a_second_writer_is_told_to_try_again(engine: SearchEngine, oracle: Oracle, tmp_path: Path) -> None:
    other = open_engine(engine.name, tmp_path / "index")
    engine.upsert([oracle.turns[0].document])
    with pytest.raises(Conflict, match="try again"):
        other.upsert([oracle.turns[1].document])
    with pytest.raises(Conflict, match="try again"):
        other.start_over()
    engine.commit()
    other.upsert([oracle.turns[1].document])
    other.commit()
    engine.refresh()
    assert engine.health().count == 2


def test_what_was_not_committed_is_lost_and_the_place_is_free_again(
    engine: SearchEngine, oracle: Oracle, tmp_path: Path
) -> None:
    engine.upsert([oracle.turns[0].document])
    engine.close()
    other = open_engine(engine.name, tmp_path / "index")
    other.upsert([oracle.turns[1].document])
    other.commit()
    assert [hit.key for hit in other.search(Request(Every())).hits] == [oracle.turns[1].document.key]


def test_an_index_built_anew_is_read_only_when_it_is_whole(
    engine: SearchEngine, oracle: Oracle, tmp_path: Path
) -> None:
    engine.upsert([turn.document for turn in oracle.turns[:5]])
    engine.commit()
    writer = open_engine(engine.name, tmp_path / "index")
    writer.start_over()
    writer.upsert([turn.document for turn in oracle.turns[:9]])
    engine.refresh()
    assert engine.search(Request(Every())).total == 5
    writer.commit()
    engine.refresh()
    assert engine.search(Request(Every())).total == 9
    assert len([path for path in (tmp_path / "index").iterdir() if path.is_dir()]) == 1


def test_a_missing_index_says_how_to_build_it(engine: SearchEngine, tmp_path: Path) -> None:
    with pytest.raises(Missing, match="tracker reindex"):
        open_engine(engine.name, tmp_path / "nowhere").refresh()


def test_an_index_of_another_version_says_so(engine: SearchEngine, tmp_path: Path) -> None:
    state = tmp_path / "index" / "state.json"
    state.write_text(state.read_text().replace('"schema": ', '"schema": 99'))
    with pytest.raises(Unusable, match="another version"):
        engine.refresh()


@pytest.mark.filterwarnings("ignore:Exception ignored")  # Whoosh leaves a file open where it cannot read it
@pytest.mark.parametrize("keep", [0, 1, 20])
def test_a_damaged_index_says_so_and_can_be_built_again(
    engine: SearchEngine, oracle: Oracle, tmp_path: Path, keep: int
) -> None:
    engine.upsert([oracle.turns[0].document])
    engine.commit()
    engine.close()
    for path in (tmp_path / "index").rglob("*"):
        if path.is_file() and path.name not in ("state.json", "index.lock"):
            path.write_bytes(path.read_bytes()[:keep])
    fresh = open_engine(engine.name, tmp_path / "index")
    with pytest.raises(Unusable, match="tracker reindex"):
        fresh.search(Request(Every()))
    fresh.start_over()
    fresh.upsert([oracle.turns[0].document])
    fresh.commit()
    assert fresh.search(Request(Every())).total == 1


def test_nothing_scored_is_known_as_such(indexed: SearchEngine) -> None:
    assert not is_ranked(plan(parse("speaker:ada -tax immig*").query, indexed.expand))
    assert is_ranked(plan(parse("speaker:ada (tax OR lang:es)").query, indexed.expand))
