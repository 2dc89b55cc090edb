"""The workbench in a pseudo-terminal whose far end answers as a terminal does, for measurements of what it sends."""

import fcntl
import os
import pty
import select
import signal
import struct
import termios
import time

ROOT = os.path.dirname(os.path.dirname(os.path.realpath(__file__)))
PROGRAM = os.path.join(ROOT, ".build/release/vignette")
CELL_WIDTH, CELL_HEIGHT = 10, 20
XTERM = (
    b"\x1bP>|XTerm(379)\x1b\\\x1b[?1016;2$y\x1b[?2026;0$y\x1b[?1;0;256S\x1b[?2;0;4096;4096S"
    b"\x1b[6;20;10t\x1b[0n\x1b[?63;1;2;4;6;9;15;22c"
)
FRAME_END = b"\x1b[5n"


class Workbench:
    """The program at work; `frame` and `settle` answer the question at the end of each frame as xterm does."""

    def __init__(self, arguments: list[str], columns: int = 100, rows: int = 40, answers: bytes = XTERM) -> None:
        self.process, self.terminal = pty.fork()
        if self.process == 0:
            os.environ.update(TERM="xterm-256color", COLORTERM="truecolor", XDG_STATE_HOME="/dev/null/nowhere")
            os.execv(PROGRAM, [PROGRAM, *arguments])
        size = struct.pack("HHHH", rows, columns, columns * CELL_WIDTH, rows * CELL_HEIGHT)
        fcntl.ioctl(self.terminal, termios.TIOCSWINSZ, size)
        self.answers = answers
        self.answered = False
        self.tail = b""
        # Seconds that the link takes for a frame.
        self.delay = 0.0

    def _wait(self, patience: float) -> bool:
        """Waits for bytes: awake for a moment, as those of one frame follow each other at once, then asleep."""
        awake = time.perf_counter() + 0.001
        while time.perf_counter() < awake:
            if select.select([self.terminal], [], [], 0)[0]:
                return True
        return bool(select.select([self.terminal], [], [], patience)[0])

    def _read(self) -> tuple[int, bool]:
        """Reads what is there and answers it; how many bytes, and whether a frame ended."""
        data = os.read(self.terminal, 1 << 20)
        self._received(data)
        text = self.tail + data
        ended = FRAME_END in text and self.answered
        if ended:
            time.sleep(self.delay)
            os.write(self.terminal, b"\x1b[0n")
        if not self.answered and b"\x1b[c" in text:
            os.write(self.terminal, self.answers)
            self.answered = True
            text = b""
        self.tail = b"" if ended else text[-3:]
        return len(data), ended

    def _received(self, data: bytes) -> None:
        """Is told of every byte, for those who keep them."""

    def settle(self, quiet: float = 0.4) -> tuple[float, int]:
        """Reads until nothing comes for a while; the time of the last byte, and how many came."""
        last, count = time.perf_counter(), 0
        while self._wait(quiet):
            count += self._read()[0]
            last = time.perf_counter()
        return last, count

    def frame(self, keys: bytes, patience: float = 2.0) -> tuple[float, int]:
        """Sends keys; milliseconds to the last byte of the first frame with a picture, and its bytes."""
        start, count = time.perf_counter(), 0
        os.write(self.terminal, keys)
        while self._wait(patience):
            read, ended = self._read()
            count += read
            if ended:
                return (time.perf_counter() - start) * 1e3, count
        raise TimeoutError(f"no frame after {keys!r}")

    def press(self, keys: bytes) -> tuple[float, int]:
        """Sends keys; milliseconds to the last byte of all that follows, and how many bytes."""
        start = time.perf_counter()
        os.write(self.terminal, keys)
        last, count = self.settle()
        return (last - start) * 1e3, count

    def picture(self, keys: bytes) -> tuple[float, int]:
        """Sends keys; milliseconds to the last byte of the last frame with a picture, and the bytes of all that follows."""
        start, last, count = time.perf_counter(), 0.0, 0
        os.write(self.terminal, keys)
        while self._wait(0.4):
            read, ended = self._read()
            count += read
            if ended:
                last = time.perf_counter()
        if not last:
            raise TimeoutError(f"no frame after {keys!r}")
        return (last - start) * 1e3, count

    def memory(self) -> int:
        """The most memory that the program has had so far, in bytes."""
        with open(f"/proc/{self.process}/status") as status:
            return next(int(line.split()[1]) * 1024 for line in status if line.startswith("VmHWM"))

    def close(self) -> None:
        os.kill(self.process, signal.SIGTERM)
        os.waitpid(self.process, 0)
        os.close(self.terminal)
