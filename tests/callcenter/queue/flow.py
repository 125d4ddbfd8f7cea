"""The exact optimum of a market by OR-tools' minimum cost flow: what the auction is judged by."""

from __future__ import annotations

import numpy as np
from ortools.graph.python import min_cost_flow

from callcenter.queue.market import Market


def flow_of(market: Market) -> min_cost_flow.SimpleMinCostFlow:
    """Return the flow network of a market of units of one dial: units, agents, a sink; any unit may stay out."""
    n, m = len(market), len(market.ladders)
    sink = n + m
    units = np.arange(n)
    flow = min_cost_flow.SimpleMinCostFlow()
    owners = np.repeat(units, np.diff(np.asarray(market.starts)))
    agents, weights = np.asarray(market.agents), np.asarray(market.weights)
    flow.add_arcs_with_capacity_and_unit_cost(owners, n + agents, np.ones(len(agents), dtype=np.int64), -weights)
    flow.add_arcs_with_capacity_and_unit_cost(
        units, np.full(n, sink), np.ones(n, dtype=np.int64), np.zeros(n, dtype=np.int64)
    )
    for agent, ladder in enumerate(market.ladders):
        begin = 0
        for upto, cost in ladder:
            flow.add_arc_with_capacity_and_unit_cost(n + agent, sink, upto - begin, cost)
            begin = upto
    flow.set_nodes_supplies(units, np.ones(n, dtype=np.int64))
    flow.set_node_supply(sink, -n)
    return flow


def optimum(market: Market) -> int:
    """Return the largest value that any assignment of the market has."""
    flow = flow_of(market)
    assert flow.solve() == flow.OPTIMAL
    return -int(flow.optimal_cost())
