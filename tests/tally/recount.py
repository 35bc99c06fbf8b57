"""Counts elections with programs of other people: votelib and whalrus for ballots, pabutools for budgets.

Reads a JSON list of elections from standard input and writes a JSON list of what was found, in the same order: for each
election a map from `program:method` to what that program says. Where a program cannot say (it refuses ties, say) the
entry is missing. Which conventions are matched here, and which differ, is written down in docs/counting.md.
"""

import contextlib
import functools
import json
import os
import sys
from fractions import Fraction

import votelib.component.transfer
import votelib.convert
import votelib.evaluate.cardinal
import votelib.evaluate.condorcet
import votelib.evaluate.core
import votelib.evaluate.sequential
import whalrus
from pabutools.election import ApprovalBallot, ApprovalProfile, Cardinality_Sat, Cost_Sat, Instance, Project
from pabutools.election.satisfaction import FunctionalSatisfaction
from pabutools.rules import greedy_utilitarian_welfare, method_of_equal_shares, sequential_phragmen

condorcet = votelib.evaluate.condorcet


def exact(number):
    """Writes a number as Rust writes it: whole, or as a fraction."""
    return str(Fraction(int(number.numerator), int(number.denominator)))


def scores(options, found):
    return {"scores": {option: exact(found.get(option, 0)) for option in options}}


def tier(found):
    return sorted(found) if isinstance(found, votelib.evaluate.core.Tie) else [found]


def tiers(options, choose):
    """Asks for the best one, two, three …: votelib tells a tie only where it lies at the last seat."""
    found = []
    while len(options) > (seats := sum(map(len, found))):
        found.append(tier(choose(seats + 1)[-1]))
    return {"tiers": found}


class OneByOne(votelib.evaluate.cardinal.MajorityJudgment):
    """Takes median grades away one at a time; the original takes several at once and may pass by where options differ."""

    @staticmethod
    def _closest_median_change(_scores, _medians):
        return 1


class Ballots:
    def __init__(self, election):
        self.options = election["options"]
        self.seats = election["seats"]
        self.levels = election["levels"]
        self.ballots = election["ballots"]
        self.ranked, full = {}, {}
        for ballot in self.ballots:
            ranks = tuple(frozenset(tier) if len(tier) > 1 else tier[0] for tier in ballot["tiers"])
            self.ranked[ranks] = self.ranked.get(ranks, 0) + ballot["weight"]
            # votelib does not know options that nobody ranks: they are told as the last rank.
            last = frozenset(self.options) - frozenset(ballot["priorities"])
            ranks += (last,) if last else ()
            full[ranks] = full.get(ranks, 0) + ballot["weight"]
        pairs = votelib.convert.RankedToCondorcetVotes().convert(full)
        self.numbers = {(a, b): pairs.get((a, b), 0) for a in self.options for b in self.options if a != b}
        self.points = {}
        for ballot in self.ballots:
            given = ballot["priorities"]
            earned = {option: self.levels + 1 - given[option] if option in given else 0 for option in self.options}
            points = frozenset(earned.items())
            self.points[points] = self.points.get(points, 0) + ballot["weight"]

    def found(self):
        found = {}
        for part in (self.sums, self.pairwise, self.paths, self.pairs, self.transfers, self.medians, self.orders):
            part(found)
        return found

    def sums(self, found):
        approvals = {}
        for ballot in self.ballots:
            listed = frozenset(ballot["priorities"])
            approvals[listed] = approvals.get(listed, 0) + ballot["weight"]
        support = votelib.convert.ApprovalToSimpleVotes().convert(approvals)
        found["votelib:approval"] = scores(self.options, support)
        sums = votelib.convert.ScoreToSimpleVotes(function="sum").convert(self.points)
        found["votelib:score"] = scores(self.options, sums)
        first = votelib.evaluate.sequential.initial_allocation({v: Fraction(n) for v, n in self.ranked.items()})
        held = votelib.evaluate.sequential.allocation_totals(first)
        found["votelib:plurality"] = scores(self.options, held)

    def pairwise(self, found):
        found["votelib:pairwise"] = {"numbers": [[a, b, n] for (a, b), n in self.numbers.items()]}
        wins = condorcet.pairwise_wins(self.numbers)
        found["votelib:copeland"] = scores(self.options, condorcet.Copeland.scores(wins))
        if len(self.options) < 2:
            return

        def margins(numbers):
            # A comparison that ends level or is won is no defeat.
            return {(a, b): max(0, n - numbers[b, a]) for (a, b), n in numbers.items()}

        for name, strength in (("margins", margins), ("winning-votes", "winning_votes")):
            minimax = condorcet.MinimaxCondorcet(strength)
            choose = functools.partial(minimax.evaluate, self.numbers)
            found["votelib:minimax-" + name] = tiers(self.options, choose)

    def paths(self, found):
        margins = {(a, b): n - self.numbers[b, a] for (a, b), n in self.numbers.items()}
        for name, counts in (("winning-votes", self.numbers), ("margins", margins)):
            widest = condorcet.Schulze.widest_paths(counts)
            ahead = dict.fromkeys(self.options, 0)
            for winner, _ in condorcet.pairwise_wins(widest):
                ahead[winner] += 1
            found["votelib:schulze-" + name] = scores(self.options, ahead)

    def pairs(self, found):
        for name, strength in (("margins", "margins"), ("winning-votes", "winning_votes")):
            if len(self.options) > 1:
                with contextlib.suppress(votelib.evaluate.core.VotingSystemError):
                    order = condorcet.RankedPairs(strength).evaluate(self.numbers, len(self.options))
                    found["votelib:ranked-pairs-" + name] = {"tiers": [[option] for option in order]}

    def transfers(self, found):
        # Of an option in a shared rank that leaves, votelib passes the papers on to the next rank, not to the others of
        # the same; and it does not know options that nobody ranks.
        is_strict = all(len(tier) == 1 for ballot in self.ballots for tier in ballot["tiers"])
        is_known = {option for ballot in self.ballots for option in ballot["priorities"]} == set(self.options)
        if not is_strict or not is_known or self.seats >= len(self.options):
            return
        votes = {vote: Fraction(number) for vote, number in self.ranked.items() if vote}
        for method, seats in (("irv", 1), ("stv", self.seats)):
            count = votelib.evaluate.sequential.TransferableVoteSelector(
                quota_function="droop", retainer=votelib.evaluate.core.Plurality()
            )
            with contextlib.suppress(NotImplementedError):
                found["votelib:" + method] = {"elected": sorted(count.evaluate(votes, seats))}

    def medians(self, found):
        if len(self.options) < 2:
            return
        methods = {"majority-judgment": OneByOne()}
        methods["star"] = votelib.evaluate.cardinal.STAR()
        for method, judged in methods.items():
            with contextlib.suppress(votelib.evaluate.core.VotingSystemError):
                # Nobody is told where the runoff compares nothing.
                if best := judged.evaluate(self.points, 1):
                    found["votelib:" + method] = {"tiers": [tier(best[0])]}

    def orders(self, found):
        if not self.ballots:
            return
        full = []
        for ballot in self.ballots:
            last = set(self.options) - set(ballot["priorities"])
            order = [set(tier) for tier in ballot["tiers"]] + ([last] if last else [])
            full.append(whalrus.BallotOrder(order, candidates=set(self.options)))
        weights = [ballot["weight"] for ballot in self.ballots]
        profile = whalrus.Profile(full, weights=weights)
        rules = {"schulze-margins": whalrus.RuleSchulze, "copeland": whalrus.RuleCopeland, "borda": whalrus.RuleBorda}
        for method, rule in rules.items():
            counted = rule(profile, candidates=set(self.options))
            found["whalrus:" + method] = {"tiers": [sorted(tier) for tier in counted.order_]}
            if method == "borda":
                found["whalrus:borda-points"] = scores(self.options, counted.gross_scores_)


def harmonic(_instance, _profile, ballot, projects):
    return sum((Fraction(1, n) for n in range(1, 1 + sum(project in ballot for project in projects))), Fraction(0))


class Harmonic(FunctionalSatisfaction):
    """What a voter gains by t projects in sequential proportional approval: 1 + 1/2 + … + 1/t."""

    def __init__(self, instance, profile, ballot):
        super().__init__(instance, profile, ballot, harmonic)


def budget(election):
    projects = {p["id"]: Project(p["id"], int(p["cost"])) for p in election["projects"]}
    supported = {id for vote in election["votes"] for id in vote["choices"]}
    instance = Instance([projects[id] for id in supported], budget_limit=int(election["budget"]))
    profile = ApprovalProfile(instance=instance)
    for vote in election["votes"]:
        for _ in range(vote["voters"]):
            profile.append(ApprovalBallot({projects[id] for id in vote["choices"]}))
    found = {}

    def note(method, chosen):
        found["pabutools:" + method] = {"selected": [project.name for project in chosen]}

    for name, measure in (("cost", Cost_Sat), ("cardinality", Cardinality_Sat)):
        note("greedy-" + name, greedy_utilitarian_welfare(instance, profile, measure))
        note("equal-shares-" + name, method_of_equal_shares(instance, profile, measure))
        grown = method_of_equal_shares(instance, profile, measure, voter_budget_increment=1)
        note("equal-shares-" + name + "-add1", grown)
        completed = greedy_utilitarian_welfare(instance, profile, measure, initial_budget_allocation=grown)
        note("equal-shares-" + name + "-add1u", completed)
    note("phragmen", sequential_phragmen(instance, profile))
    note("pav", greedy_utilitarian_welfare(instance, profile, Harmonic, is_sat_additive=False))
    return found


def main():
    elections = json.load(sys.stdin)
    # pabutools writes remarks to standard output.
    with open(os.devnull, "w") as nowhere, contextlib.redirect_stdout(nowhere):
        found = [budget(e) if "budget" in e else Ballots(e).found() for e in elections]
    json.dump(found, sys.stdout)


main()
