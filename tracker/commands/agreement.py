"""`tracker agreement`: how far people who coded the same things independently agree."""

import json
from collections.abc import Iterator
from pathlib import Path
from typing import TYPE_CHECKING, Any

import click

from tracker.given import OrdinaryFile

if TYPE_CHECKING:
    from positions.agreement import Figure
    from positions.coding_table import CodingTable

MOST_BYTES = 64_000_000
MEASURES = {
    "alpha_nominal": "Krippendorff's alpha, codes equal or not",
    "alpha_interval": "Krippendorff's alpha, codes as numbers",
    "ac1": "Gwet's AC1",
    "percent": "Pairs of codings that agree",
}


@click.command()
@click.argument("file", type=OrdinaryFile())
@click.option("--unit", metavar="COLUMN", help="The heading over what was coded.")
@click.option("--coder", metavar="COLUMN", help="The heading over who coded it.")
@click.option("--code", metavar="COLUMN", help="The heading over what they said it is.")
@click.option("--seed", default=1, show_default=True, help="Of the samples behind the interval of alpha.")
@click.option("--pairs", is_flag=True, help="Cohen's kappa of every two people too.")
@click.option("--json", "as_json", is_flag=True, help="Print the figures as JSON (docs/agreement.md).")
def command(
    file: Path, unit: str | None, coder: str | None, code: str | None, seed: int, pairs: bool, as_json: bool
) -> None:
    """Print the agreement of a table of codings (CSV with a heading; a line says who coded which unit as what).

    Without --unit, --coder and --code the columns are known by their usual names. A figure that cannot be computed is given as
    the reason why, never as a zero or a one.
    """
    from positions import coding_table
    from transcripts.errors import Refusal

    if file.stat().st_size > MOST_BYTES:
        raise Refusal("{file} is larger than 64 MB. Divide it.", file=str(file))
    named = {part: said for part, said in (("unit", unit), ("coder", coder), ("code", code)) if said}
    told = as_data(coding_table.read(file.read_bytes(), named), seed, pairs)
    if as_json:
        click.echo(json.dumps(told, ensure_ascii=False, indent=2))
    else:
        for line in as_text(told):
            click.echo(line)


def as_data(table: "CodingTable", seed: int, pairs: bool) -> dict[str, Any]:
    """The figures as plain data: null where one cannot be computed, with the reason under `not_computable`."""
    from positions import agreement

    units = list(table.units.values())
    figures = {
        "alpha_nominal": agreement.alpha_nominal(units),
        "alpha_interval": table.alpha_interval,
        "ac1": agreement.ac1(units),
        "percent": agreement.percent(units),
    }
    told: dict[str, Any] = {name: figure.value for name, figure in figures.items()}
    told["alpha_nominal_95"] = agreement.interval(units, seed)
    told |= {"n_units": len(units), "n_units_coded_twice": sum(len(codes) > 1 for codes in units)}
    told |= {"n_coders": len(table.coders), "n_codings": len(table.codings), "n_repeated": table.repeated}
    told |= {"seed": seed, "codes": table.shares}
    told["not_computable"] = {name: str(figure.why) for name, figure in figures.items() if figure.why}
    if pairs:
        told["pairs"] = [{"coders": pair.coders, "n": pair.n, **_kappa(pair.kappa)} for pair in table.pairs()]
    return told


def as_text(told: dict[str, Any]) -> Iterator[str]:
    """The figures for a person."""
    yield (
        f"{told['n_codings']:,} codings by {told['n_coders']:,} people of {told['n_units']:,} units, "
        f"{told['n_units_coded_twice']:,} of them coded more than once."
    )
    if told["n_repeated"]:
        yield f"{told['n_repeated']:,} lines are a person's second judgement of a unit; each line counts."
    for name, words in MEASURES.items():
        value = told[name]
        shown = f"{value:.4f}" if value is not None else f"not computable: {told['not_computable'][name]}"
        between = told["alpha_nominal_95"] if name == "alpha_nominal" else None
        yield f"{words}: {shown}" + (f" (95 of 100 samples: {between[0]:.3f} to {between[1]:.3f})" if between else "")
    for code, share in told["codes"].items():
        yield f"  {code}: {share:.1%} of codings"
    for pair in told.get("pairs", ()):
        value = f"{pair['kappa']:.3f}" if pair["kappa"] is not None else f"not computable: {pair['why']}"
        yield f"  {' and '.join(pair['coders'])}: kappa {value} over {pair['n']:,} units"


def _kappa(figure: "Figure") -> dict[str, Any]:
    return {"kappa": figure.value, **({"why": str(figure.why)} if figure.why else {})}
