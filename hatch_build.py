"""The wheel's build hook: the front end goes in, built here and now unless the tree holds a current build."""

import sys
from pathlib import Path

from hatchling.builders.hooks.plugin.interface import BuildHookInterface

sys.path.insert(0, str(Path(__file__).resolve().parent))
import frontend_build


class FrontendHook(BuildHookInterface):
    PLUGIN_NAME = "custom"

    def dependencies(self) -> list[str]:
        """Node comes as a wheel, and only where it is needed: pip reads this before it builds."""
        if frontend_build.is_current() or frontend_build.system_node():
            return []
        return [frontend_build.NODE_WHEEL]

    def initialize(self, version: str, build_data: dict) -> None:
        if self.target_name == "wheel" and (Path(self.root) / "migrations").is_dir():
            build_data["force_include"]["migrations"] = "charniere/migrations"
        if version == "editable" or frontend_build.is_current():
            return
        node = frontend_build.system_node() or frontend_build.installed_wheel_node()
        if node is None:
            raise SystemExit(
                "Charnière: Node 22.12+ is needed to build the front end (or a build beside it)."
            )
        frontend_build.install(node)
        frontend_build.build(node)
