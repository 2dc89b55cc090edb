"""Terminals in windows that no screen shows, for pictures of what they draw: xterm under Xvfb, foot under sway."""

import hashlib
import json
import os
import shutil
import subprocess
import tempfile
import time

SCREEN_WIDTH, SCREEN_HEIGHT = 1720, 1060
FONT = "DejaVu Sans Mono"
# The user that sway runs as instead of root, which it refuses to be.
NOBODY = 65534


def run(*command: str, **options) -> bytes:
    """What a command prints; its errors end the script."""
    return subprocess.run(command, check=True, stdout=subprocess.PIPE, **options).stdout


def until(condition, patience: float = 15.0):
    """The first true result of a condition, asked again and again."""
    end = time.monotonic() + patience
    while time.monotonic() < end:
        if result := condition():
            return result
        time.sleep(0.1)
    raise TimeoutError("a terminal or its display server did not start")


class Windows:
    """One display server and the one terminal that is open in it."""

    # Programs that must be installed, and the Debian packages that have them.
    needed: dict[str, str] = {}

    def __init__(self) -> None:
        self.folder = tempfile.mkdtemp(prefix="windows-")
        self.environment = dict(os.environ, LC_ALL="C.UTF-8", COLORTERM="truecolor")
        self.terminal: subprocess.Popen | None = None
        self.server = self.start()

    @classmethod
    def missing(cls) -> list[str]:
        """The packages that must be installed first."""
        return [package for program, package in cls.needed.items() if not shutil.which(program)]

    def open(self, columns: int, rows: int, command: list[str]) -> None:
        """Opens a terminal with a program in it and waits for its window."""
        self.terminal = self._spawn(*self.arguments(columns, rows), *command)
        until(self.find)

    def close(self) -> None:
        """Ends the terminal."""
        self.terminal.terminate()
        self.terminal.wait()

    def stop(self) -> None:
        """Ends the display server."""
        self.server.terminate()
        self.server.wait()
        shutil.rmtree(self.folder, ignore_errors=True)

    def settle(self, before: str = "", quiet: float = 0.25) -> str:
        """Waits until the window shows the same for a while, given what it showed before first until that changes for
        at most three seconds; a fingerprint of what it shows."""
        last, began = "", time.monotonic()
        while time.monotonic() - began < 20:
            now = self.look()
            if now == last and (now != before or time.monotonic() - began > 3):
                break
            last = now
            time.sleep(quiet)
        return last

    def look(self) -> str:
        """A fingerprint of what the window shows."""
        path = os.path.join(self.folder, "look.ppm")
        self.keep(path)
        with open(path, "rb") as picture:
            return hashlib.md5(picture.read()).hexdigest()

    def _spawn(self, *command: str, **options) -> subprocess.Popen:
        with open(os.path.join(self.folder, "log"), "ab") as log:
            return subprocess.Popen(command, env=self.environment, stdout=log, stderr=log, **options)


class XtermWindows(Windows):
    """xterm, which shows sixel as a VT340."""

    needed = {"Xvfb": "xvfb", "xterm": "xterm", "xdotool": "xdotool", "import": "imagemagick"}

    def start(self) -> subprocess.Popen:
        end, begin = os.pipe()
        screen = f"{SCREEN_WIDTH}x{SCREEN_HEIGHT}x24"
        # Else it starts anew whenever the last client leaves.
        command = ["Xvfb", "-noreset", "-displayfd", str(begin), "-screen", "0", screen]
        server = self._spawn(*command, pass_fds=[begin])
        self.environment["DISPLAY"] = ":" + os.read(end, 16).decode().strip()
        return server

    def arguments(self, columns: int, rows: int) -> list[str]:
        return [
            *("xterm", "-ti", "vt340", "-geometry", f"{columns}x{rows}+0+0", "-fa", FONT, "-fs", "11"),
            *("-bw", "0", "-b", "0", "+sb", "-bg", "black", "-fg", "gray80"),
            *("-xrm", "XTerm*maxGraphicSize: 4096x4096", "-e"),
        ]

    def find(self) -> bool:
        search = ["xdotool", "search", "--onlyvisible", "--class", "xterm"]
        found = subprocess.run(search, env=self.environment, capture_output=True).stdout.split()
        self.window = found[-1].decode() if found else ""
        if found:
            # Keys go to the window under the mouse.
            run("xdotool", "mousemove", "--window", self.window, "200", "200", env=self.environment)
        return bool(found)

    def press(self, key: str) -> None:
        run("xdotool", "key", key, env=self.environment)

    def type(self, text: str) -> None:
        run("xdotool", "type", "--delay", "30", text, env=self.environment)

    def keep(self, path: str) -> None:
        run("import", "-window", self.window, path, env=self.environment)


class FootWindows(Windows):
    """foot, which shows sixel under Wayland."""

    needed = {"sway": "sway", "foot": "foot", "grim": "grim", "wtype": "wtype"}

    def start(self) -> subprocess.Popen:
        configuration = os.path.join(self.folder, "sway")
        with open(configuration, "w") as file:
            print(f"output HEADLESS-1 resolution {SCREEN_WIDTH}x{SCREEN_HEIGHT}", file=file)
            print("default_border none\nxwayland disable", file=file)
            print('for_window [app_id="foot"] floating enable, move position 0 0', file=file)
        socket = os.path.join(self.folder, "socket")
        self.environment.update(
            WLR_BACKENDS="headless", WLR_RENDERER="pixman", WLR_LIBINPUT_NO_DEVICES="1", LIBSEAT_BACKEND="noop",
            XDG_RUNTIME_DIR=self.folder, SWAYSOCK=socket, WAYLAND_DISPLAY="",
        )
        other: dict = {}
        if os.geteuid() == 0:
            os.chown(self.folder, NOBODY, NOBODY)
            other = {"user": NOBODY, "group": NOBODY, "extra_groups": []}
        server = self._spawn("sway", "--config", configuration, **other)
        displays = until(lambda: [name for name in os.listdir(self.folder) if name == "wayland-1"])
        until(lambda: os.path.exists(socket))
        self.environment["WAYLAND_DISPLAY"] = displays[0]
        return server

    def arguments(self, columns: int, rows: int) -> list[str]:
        return [
            *("foot", "--config", "/dev/null", "--window-size-chars", f"{columns}x{rows}"),
            *("--font", f"{FONT}:size=11", "--override", "pad=0x0"),
        ]

    def find(self) -> bool:
        def windows(node: dict):
            if node.get("app_id") == "foot":
                yield node["rect"]
            for child in node["nodes"] + node["floating_nodes"]:
                yield from windows(child)

        tree = json.loads(run("swaymsg", "-t", "get_tree", env=self.environment))
        self.place = next(windows(tree), None)
        return self.place is not None

    def press(self, key: str) -> None:
        # As the name of a key, a capital comes as a small letter.
        self._wtype(*([key] if len(key) == 1 else ["-k", key]))

    def type(self, text: str) -> None:
        self._wtype("-d", "30", text)

    def _wtype(self, *keys: str) -> None:
        # Its keyboard is a new one each time, which the terminal must hear of before a key, and be told all keys of
        # before it is gone.
        run("wtype", "-s", "150", *keys, "-s", "150", env=self.environment)

    def keep(self, path: str) -> None:
        kind = path.rpartition(".")[2]
        region = "{x},{y} {width}x{height}".format(**self.place)
        run("grim", "-t", kind, "-g", region, path, env=self.environment)
