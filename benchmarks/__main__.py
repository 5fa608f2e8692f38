"""python -m benchmarks [--rounds N] [--seconds S]

Each page is measured beside a bare Django view that answers with the same number of bytes, in the same server
processes, over the same connections, a moment apart. Nothing is asserted about time.
"""

import argparse
import multiprocessing
import tempfile
from collections import defaultdict
from dataclasses import dataclass
from statistics import median, quantiles

from benchmarks.client import Connection, request, run
from benchmarks.server import ROOT, Site, cpu_seconds

CONNECTIONS = 4
ENTRY = "/procedures/vertebroplasty/"
MEANING = """
What the figures mean
  ÷ bare      The page beside a bare view with the same bytes, in the same round: 1 is «as cheap as a view that does
              nothing». Requests: higher is better. Times and CPU: lower is better.
  (a–b)       The lowest and the highest round. Where two ranges overlap, the difference is not established.
  CPU         Processor time of the server for each answer: what other work on the machine disturbs least.
  unchanged   The entry asked for with the ETag that the reader or a cache already has; answered 304.
  Client and server share the processors here: the absolute figures are not those of a server, and runs on
  different machines or days do not compare. Compare ratios."""


@dataclass
class Round:
    """One request in one round: answers a second, median and 95th percentile in seconds, server CPU an answer."""

    rate: float
    p50: float
    p95: float
    cpu: float | None


def main():
    parser = argparse.ArgumentParser(prog="python -m benchmarks")
    parser.add_argument("--rounds", type=int, default=5)
    parser.add_argument("--seconds", type=float, default=1.5, help="how long each request is repeated in a round")
    options = parser.parse_args()
    with tempfile.TemporaryDirectory(prefix="pedicle-bench-") as folder:
        site = Site(folder)
        seeds = measure_seeds(site)
        with site.server() as (pid, port):
            requests = prepare(port)
            found = measure_pages(pid, port, requests, options)
    print_pages(requests, found, options)
    print_seeds(seeds)
    print(MEANING)


# -- pages --------------------------------------------------------------------------------------------------


def prepare(port):
    """{name: (message, status, bytes)}: each page, followed by its bare view; every address was asked for once."""
    connection, requests = Connection(port), {}
    pages = {"entry": (ENTRY, {}), "list": ("/references/", {}), "search": ("/search/?q=cement+leakage", {})}
    pages["unchanged"] = (ENTRY, {"If_None_Match": connection.get(ENTRY).headers.get("etag", "")})
    for name, (path, headers) in pages.items():
        answer = connection.get(path, **headers)
        expected = 304 if headers else 200
        assert answer.status == expected, f"{path} answered {answer.status}, not {expected}; run `make bench`"
        requests[name] = (request(path, **headers), expected, answer.size)
        requests[f"{name} bare"] = (request(f"/bare/{answer.size}/"), 200, answer.size)
    return requests


def measure_pages(pid, port, requests, options):
    """{name: [Round]}; new connections each round, all requests over each of them."""
    found = defaultdict(list)
    once_round(pid, port, requests, 0.2)  # fills what is filled by the first requests
    for number in range(options.rounds):
        names = list(requests) if number % 2 == 0 else list(reversed(requests))
        for name, measured in once_round(pid, port, {name: requests[name] for name in names}, options.seconds).items():
            found[name].append(measured)
        print(f"\rround {number + 1} of {options.rounds}", end="\n" if number + 1 == options.rounds else "", flush=True)
    return found


def once_round(pid, port, requests, seconds):
    """{name: Round} of every request, one after the other."""
    barrier, results = multiprocessing.Barrier(CONNECTIONS + 1, timeout=60), multiprocessing.Queue()
    messages = [(message, status) for message, status, _ in requests.values()]
    arguments = (port, messages, seconds, barrier, results)
    clients = [multiprocessing.Process(target=run, args=arguments, daemon=True) for _ in range(CONNECTIONS)]
    for client in clients:
        client.start()
    measured = {}
    for name in requests:
        barrier.wait()
        before = cpu_seconds(pid)
        barrier.wait()
        after = cpu_seconds(pid)
        lists = [results.get(timeout=60) for _ in clients]
        barrier.wait()
        times = sorted(time for times in lists for time in times)
        cpu = None if before is None or after is None else (after - before) / len(times)
        rate = sum(len(times) / sum(times) for times in lists)
        measured[name] = Round(rate, median(times), quantiles(times, n=20, method="inclusive")[18], cpu)
    for client in clients:
        client.join()
    return measured


def print_pages(requests, found, options):
    print(f"\nPages beside a bare Django view: median of {options.rounds} rounds (lowest–highest)\n")
    print(f"{'÷ bare':<11}{'requests':>22}{'p50':>22}{'p95':>22}{'CPU':>22}")
    names = [name for name in requests if not name.endswith(" bare")]
    for name in names:
        pairs = list(zip(found[name], found[f"{name} bare"], strict=True))
        print(f"{name:<11}" + "".join(f"{ratio(pairs, field):>22}" for field in ("rate", "p50", "p95", "cpu")))
    print(f"\n{'absolute':<17}{'requests/s':>12}{'p50 ms':>10}{'p95 ms':>10}{'CPU ms':>10}{'bytes':>10}")
    for name in requests:
        rate, p50, p95, cpu = (middle(found[name], field) for field in ("rate", "p50", "p95", "cpu"))
        shown = f"{cpu * 1000:>10.2f}" if cpu is not None else f"{'-':>10}"
        print(f"{name:<17}{rate:>12.0f}{p50 * 1000:>10.2f}{p95 * 1000:>10.2f}{shown}{requests[name][2]:>10}")


def middle(rounds, field):
    values = [getattr(each, field) for each in rounds]
    return None if None in values else median(values)


def ratio(pairs, field):
    """«0.52 (0.50–0.55)» of page ÷ bare over the rounds."""
    values = [(getattr(page, field), getattr(bare, field)) for page, bare in pairs]
    if any(None in pair or not pair[1] for pair in values):
        return "-"
    return spread([page / bare for page, bare in values])


def spread(values):
    return f"{median(values):.3g} ({min(values):.3g}–{max(values):.3g})"


# -- seeds --------------------------------------------------------------------------------------------------


def measure_seeds(site, rounds=3):
    """{what: seconds of each round}: loading all entries, loading them again, exporting them, starting Python."""
    found = defaultdict(list)
    for _ in range(rounds):
        site.make_empty()
        found["start"].append(site.manage("version"))
        found["load"].append(site.manage("load_seeds", ROOT / "seeds"))
        found["load again"].append(site.manage("load_seeds", ROOT / "seeds"))
        found["export"].append(site.manage("export_seeds", site.folder / "out"))
    return found


def print_seeds(found):
    count = sum(1 for _ in (ROOT / "seeds").rglob("*.md"))
    print(
        f"\nAll {count} entries: median of {len(found['load'])} rounds (lowest–highest), the start of Python included\n"
    )
    for name, values in found.items():
        beside = spread([value / load for value, load in zip(values, found["load"], strict=True)])
        print(f"{name:<11}{beside:>22} ÷ load{spread(values):>22} s")


if __name__ == "__main__":
    main()
