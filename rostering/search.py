"""One objective after the other over the same model: each result binds the next (lexicographic order).

The solver runs one worker from a fixed seed, and counts its own work instead of the clock: the same problem gives the
same roster however fast or busy the machine is.
"""

from dataclasses import dataclass, field

from ortools.sat.python import cp_model

from rostering.hard_rules import Expression
from rostering.least_gap import Window

SEED = 20_210_101
_TRIAL = 0.02
"""What a trial costs that the solver does not count."""


@dataclass
class Search:
    """`values` is the best roster so far, by variable; `spent` the effort of all trials."""

    model: cp_model.CpModel
    values: list[int] = field(default_factory=list)
    spent: float = 0.0

    def minimize(self, objective: Expression, effort: float) -> bool:
        """Find the best roster for `objective` within `effort` (about seconds); True where it is proven the best."""
        if isinstance(objective, int):
            return True
        trial = self._trial()
        trial.minimize(objective)
        return self._solve(trial, effort) == cp_model.OPTIMAL

    def find_within(
        self, low: cp_model.IntVar, high: cp_model.IntVar, window: Window, effort: float
    ) -> bool | None:
        """Whether there is a roster that keeps the two within the window; None where that cannot be told."""
        trial = self._trial()
        trial.add(low >= window.low)
        trial.add(high <= window.high)
        status = self._solve(trial, effort)
        return None if status == cp_model.UNKNOWN else status != cp_model.INFEASIBLE

    def hold(self, objective: Expression) -> None:
        """Never again worse than it is now."""
        if not isinstance(objective, int):
            self.model.add(objective <= self.value(objective))

    def _trial(self) -> cp_model.CpModel:
        """The model, with the best roster so far as a hint."""
        trial = self.model.clone()
        trial.proto.solution_hint.vars.extend(range(len(self.values)))
        trial.proto.solution_hint.values.extend(self.values)
        return trial

    def _solve(self, trial: cp_model.CpModel, effort: float) -> cp_model.CpSolverStatus:
        solver = _solver(effort)
        status = solver.solve(trial)
        self.spent += _TRIAL + solver.response_proto.deterministic_time
        if status in (cp_model.OPTIMAL, cp_model.FEASIBLE):
            self.values = list(solver.response_proto.solution)
        return status

    def value(self, expression: Expression) -> int:
        return _evaluated(expression, self.values)


def _solver(effort: float) -> cp_model.CpSolver:
    solver = cp_model.CpSolver()
    solver.parameters.num_workers = 1
    solver.parameters.random_seed = SEED
    solver.parameters.max_deterministic_time = effort
    solver.parameters.linearization_level = (
        2  # seats and people are nearly a transport problem: its relaxation is tight
    )
    solver.parameters.symmetry_level = 0
    solver.parameters.cp_model_probing_level = 0
    return solver


def _evaluated(expression: Expression, values: list[int]) -> int:
    if isinstance(expression, int):
        return expression
    flat = cp_model.FlatIntExpr(expression)
    return flat.offset + sum(c * values[v.index] for c, v in zip(flat.coeffs, flat.vars, strict=True))
