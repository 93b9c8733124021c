"""公函: papers of the office about supervision, interviews, meetings and what else has a line in `queries.paper_subjects`."""

from web.guarded_blueprint import GuardedBlueprint

papers = GuardedBlueprint("papers", __name__)

from blueprints.papers import drafts, files, issuing, paper_list  # noqa: E402, F401
