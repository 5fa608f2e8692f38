"""python -m benchmarks [--rounds N] [--seconds S]

Each page is measured beside a bare Django view that answers with the same number of bytes, in the same server
processes, over the same connections, a moment apart. Nothing is asserted about time.
"""

import argparse
import multiprocessing
import sys
import tempfile
from collections import defaultdict
from statistics import median, quantiles

from benchmarks.client import Connection, request, run
from benchmarks.server import ROOT, Site, cpu_seconds

CONNECTIONS = 4
ENTRY = "/procedures/vertebroplasty/"
PAGES = {"entry": ENTRY, "unchanged": ENTRY, "list": "/references/", "search": "/search/?q=cement+leakage"}
# What is kept of every request in every round, each in seconds.
FIGURES = ("an answer", "p50", "p95", "CPU")
MEANING = """
What the figures mean
  ÷ bare      The cost of the page divided by that of a view which does nothing but answer with the same bytes, in
              the same round. 1 is as cheap as Django can be; lower is better.
  (a–b)       The lowest and the highest round. Where two ranges overlap, no difference is established.
  an answer   Time for which a connection waits, on average; p50 and p95 are the median and the 95th percentile.
  CPU         Processor time of the server for an answer: what other work on the machine disturbs least.
  unchanged   The entry, asked for with the ETag that the reader or a cache has already; answered 304.
  Client and server share the processors: absolute figures are not those of a server, and those of another
  machine or day do not compare. Compare ratios."""


def main():
    parser = argparse.ArgumentParser(prog="python -m benchmarks")
    parser.add_argument("--rounds", type=int, default=5)
    parser.add_argument("--seconds", type=float, default=1.5, help="how long a request is repeated in each round")
    options = parser.parse_args()
    with tempfile.TemporaryDirectory(prefix="pedicle-bench-") as folder:
        site = Site(folder)
        seeds = measured_seeds(site)
        with site.server() as (pid, port):
            requests = prepared(port)
            pages = measured_pages(pid, port, requests, options)
    print_pages(requests, pages, options.rounds)
    print_seeds(seeds)
    print(MEANING)


def prepared(port):
    """{name: (message, status, bytes)}: each page, and after it its bare view. All were asked for once."""
    connection, requests = Connection(port), {}
    etag = connection.send(request(ENTRY))[1].get("etag", "none")
    for name, path in PAGES.items():
        message = request(path, *([f"If-None-Match: {etag}"] if name == "unchanged" else []))
        status, _, size = connection.send(message)
        assert status == (304 if name == "unchanged" else 200), f"{path} answered {status}; run `make bench`"
        requests[name] = (message, status, size)
        requests[f"{name} bare"] = (request(f"/bare/{size}/"), 200, size)
    return requests


def measured_pages(pid, port, requests, options):
    """{name: [{figure: seconds}]}, one of a round; every other round backwards."""
    found = defaultdict(list)
    measured_round(pid, port, requests, 0.2)  # fills whatever first requests fill
    for number in range(options.rounds):
        tell(f"pages, round {number + 1} of {options.rounds}")
        in_order = dict(reversed(requests.items())) if number % 2 else requests
        for name, figures in measured_round(pid, port, in_order, options.seconds).items():
            found[name].append(figures)
    return found


def measured_round(pid, port, requests, seconds):
    """{name: {figure: seconds}}: new connections, and every request over each of them, one after the other."""
    barrier, results = multiprocessing.Barrier(CONNECTIONS + 1, timeout=60), multiprocessing.Queue()
    messages = [(message, status) for message, status, _ in requests.values()]
    arguments = (port, messages, seconds, barrier, results)
    clients = [multiprocessing.Process(target=run, args=arguments, daemon=True) for _ in range(CONNECTIONS)]
    for client in clients:
        client.start()
    found = {}
    for name in requests:
        barrier.wait()
        before = cpu_seconds(pid)
        barrier.wait()
        cpu = cpu_seconds(pid) - before
        times = [time for _ in clients for time in results.get(timeout=60)]
        p95 = quantiles(times, n=20, method="inclusive")[18]
        values = (sum(times) / len(times), median(times), p95, cpu / len(times))
        found[name] = dict(zip(FIGURES, values, strict=True))
    for client in clients:
        client.join()
    return found


def measured_seeds(site, rounds=3):
    """{what: [seconds]} of loading every entry into a new site, loading it again, exporting it, starting Python."""
    found, folder = defaultdict(list), ROOT / "seeds"
    for number in range(rounds):
        tell(f"entries, round {number + 1} of {rounds}")
        site.make_empty()
        found["load"].append(site.manage("load_seeds", folder))
        found["load again"].append(site.manage("load_seeds", folder))
        found["export"].append(site.manage("export_seeds", site.folder / "out"))
        found["start only"].append(site.manage("version"))
    return found


def tell(what):
    print(what, file=sys.stderr)


# -- printing -----------------------------------------------------------------------------------------------


def print_pages(requests, found, rounds):
    print(f"Pages ÷ a bare Django view: median of {rounds} rounds (lowest–highest)\n")
    print(" " * 12 + "".join(f"{figure:>20}" for figure in FIGURES))
    for name in PAGES:
        pairs = list(zip(found[name], found[f"{name} bare"], strict=True))
        cells = [spread([page[figure] / bare[figure] for page, bare in pairs if bare[figure]]) for figure in FIGURES]
        print(f"{name:<12}" + "".join(f"{cell:>20}" for cell in cells))
    print(f"\n{'in ms':<16}" + "".join(f"{figure:>12}" for figure in FIGURES) + f"{'bytes':>12}")
    for name, (_, _, size) in requests.items():
        cells = [median(each[figure] for each in found[name]) * 1000 for figure in FIGURES]
        print(f"{name:<16}" + "".join(f"{cell:>12.2f}" for cell in cells) + f"{size:>12}")


def print_seeds(found):
    count = sum(1 for _ in (ROOT / "seeds").rglob("*.md"))
    print(
        f"\nAll {count} entries: median of {len(found['load'])} rounds (lowest–highest); every command starts Python\n"
    )
    print(f"{'':<12}{'÷ load':>20}{'seconds':>24}")
    for name, values in found.items():
        beside = [value / load for value, load in zip(values, found["load"], strict=True)]
        print(f"{name:<12}{spread(beside):>20}{spread(values):>24}")


def spread(values):
    """«2.1 (1.9–2.4)»."""
    if not values:
        return "-"
    return "{} ({}–{})".format(
        *(f"{v:.2f}" if v < 10 else f"{v:.0f}" for v in (median(values), min(values), max(values)))
    )


if __name__ == "__main__":
    main()
