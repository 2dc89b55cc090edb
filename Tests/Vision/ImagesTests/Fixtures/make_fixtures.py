"""Writes the small picture files that ImagesTests reads, and the pixels they must decode to.

PNG files are encoded here byte by byte, so that the expected pixels owe nothing to any decoder; JPEG files are
encoded by Pillow, and expected pixels are Pillow's own (within a tolerance that the tests state).

Usage: make_fixtures.py   (needs numpy and Pillow; writes beside itself)
"""

import json
import struct
import zlib
from pathlib import Path

import numpy as np
from PIL import Image

FOLDER = Path(__file__).parent
WIDTH, HEIGHT = 13, 9
ADAM7 = [(0, 0, 8, 8), (4, 0, 8, 8), (0, 4, 4, 8), (2, 0, 4, 4), (0, 2, 2, 4), (1, 0, 2, 2), (0, 1, 1, 2)]
CHANNELS = {0: 1, 2: 3, 3: 1, 4: 2, 6: 4}
rng = np.random.default_rng(7)


def chunk(kind: bytes, content: bytes) -> bytes:
    """One PNG chunk."""
    return struct.pack(">I", len(content)) + kind + content + struct.pack(">I", zlib.crc32(kind + content))


def packed_rows(samples: np.ndarray, depth: int) -> bytes:
    """Rows of samples [height, width, channels] as PNG stores them, each behind filter type 0."""
    rows = b""
    for row in samples:
        if depth == 16:
            content = row.astype(">u2").tobytes()
        elif depth == 8:
            content = row.astype(np.uint8).tobytes()
        else:
            bits = "".join(format(int(value), f"0{depth}b") for value in row.ravel())
            bits += "0" * (-len(bits) % 8)
            content = bytes(int(bits[i : i + 8], 2) for i in range(0, len(bits), 8))
        rows += b"\0" + content
    return rows


def png(samples: np.ndarray, color: int, depth: int, interlaced: bool, extra: bytes = b"") -> bytes:
    """A whole PNG file; `extra` holds chunks that stand before the pixels."""
    height, width = samples.shape[:2]
    if interlaced:
        passes = [samples[y::dy, x::dx] for x, y, dx, dy in ADAM7]
        data = b"".join(packed_rows(part, depth) for part in passes if part.size)
    else:
        data = packed_rows(samples, depth)
    header = struct.pack(">IIBBBBB", width, height, depth, color, 0, 0, int(interlaced))
    return (
        b"\x89PNG\r\n\x1a\n"
        + chunk(b"IHDR", header)
        + extra
        + chunk(b"IDAT", zlib.compress(data, 9))
        + chunk(b"IEND", b"")
    )


def over_white(color: np.ndarray, alpha: np.ndarray) -> np.ndarray:
    """8-bit colour over white by 8-bit alpha, rounded."""
    color, alpha = color.astype(int), alpha.astype(int)
    return (color * alpha + 255 * (255 - alpha) + 127) // 255


def to_8_bit(samples: np.ndarray, depth: int) -> np.ndarray:
    """Samples of a depth scaled to 0...255."""
    return np.round(samples.astype(float) * 255 / (2**depth - 1)).astype(int)


def expected_rgb(samples: np.ndarray, color: int, depth: int, palette, palette_alpha, key) -> np.ndarray:
    """What the file shows over white."""
    if color == 3:
        index = samples[..., 0]
        shown = palette[index]
        alpha = np.concatenate([palette_alpha, np.full(len(palette) - len(palette_alpha), 255)])[index]
        return over_white(shown, alpha[..., None])
    eight = to_8_bit(samples, depth)
    gray = color in (0, 4)
    shown = np.repeat(eight[..., :1], 3, axis=2) if gray else eight[..., :3]
    if color in (4, 6):
        return over_white(shown, eight[..., -1:])
    if key is not None:
        clear = (samples == np.array(key)).all(axis=2)
        return np.where(clear[..., None], 255, shown)
    return shown


def write_png_fixtures(index: dict) -> None:
    """Every colour type and bit depth, plain and interlaced, with and without transparency."""
    for color, depths in {0: [1, 2, 4, 8, 16], 2: [8, 16], 3: [1, 2, 4, 8], 4: [8, 16], 6: [8, 16]}.items():
        for depth in depths:
            for transparency in [False, True] if color in (0, 2, 3) else [False]:
                for interlaced in [False, True]:
                    samples = rng.integers(0, 2**depth, (HEIGHT, WIDTH, CHANNELS[color]))
                    extra, palette, palette_alpha, key = b"", None, np.empty(0, int), None
                    if color == 3:
                        palette = rng.integers(0, 256, (2**depth, 3))
                        extra += chunk(b"PLTE", palette.astype(np.uint8).tobytes())
                    if transparency and color == 3:
                        palette_alpha = rng.integers(0, 256, max(2**depth - 1, 1))
                        extra += chunk(b"tRNS", palette_alpha.astype(np.uint8).tobytes())
                    elif transparency:
                        key = samples[2, 3].tolist()
                        extra += chunk(b"tRNS", struct.pack(f">{len(key)}H", *key))
                    name = f"png-{color}-{depth}{'-trns' if transparency else ''}{'-adam7' if interlaced else ''}.png"
                    (FOLDER / name).write_bytes(png(samples, color, depth, interlaced, extra))
                    keep(index, name, expected_rgb(samples, color, depth, palette, palette_alpha, key))
    samples = rng.integers(0, 256, (HEIGHT, WIDTH, 3))
    gamma = chunk(b"gAMA", struct.pack(">I", 100000))
    (FOLDER / "png-gamma.png").write_bytes(png(samples, 2, 8, False, gamma))
    keep(index, "png-gamma.png", samples)
    samples = rng.integers(0, 65536, (HEIGHT, WIDTH, 4))
    (FOLDER / "png-gamma-16.png").write_bytes(png(samples, 6, 16, True, gamma))
    keep(index, "png-gamma-16.png", expected_rgb(samples, 6, 16, None, np.empty(0, int), None))


def smooth_picture(width: int, height: int) -> Image.Image:
    """Colours that change slowly and differ in each corner, so that JPEG keeps them well."""
    y, x = np.mgrid[0:height, 0:width]
    channels = [255 * x / (width - 1), 255 * y / (height - 1), 255 * (1 - x / (width - 1)) * (y / (height - 1))]
    return Image.fromarray(np.stack(channels, axis=2).astype(np.uint8))


def write_jpeg_fixtures(index: dict) -> None:
    """Each orientation, in both byte orders, and each colour space."""
    upright = smooth_picture(40, 24)
    stored = {
        1: upright,
        2: upright.transpose(Image.Transpose.FLIP_LEFT_RIGHT),
        3: upright.transpose(Image.Transpose.ROTATE_180),
        4: upright.transpose(Image.Transpose.FLIP_TOP_BOTTOM),
        5: upright.transpose(Image.Transpose.TRANSPOSE),
        6: upright.transpose(Image.Transpose.ROTATE_90),
        7: upright.transpose(Image.Transpose.TRANSVERSE),
        8: upright.transpose(Image.Transpose.ROTATE_270),
    }
    for orientation, picture in stored.items():
        order = "<" if orientation % 2 else ">"
        tiff = (b"II*\0" if order == "<" else b"MM\0*") + struct.pack(order + "I", 8)
        entries = [(0x0100, 4, 40), (0x0112, 3, orientation)]
        tiff += struct.pack(order + "H", len(entries))
        for tag, kind, value in entries:
            tiff += struct.pack(order + "HHI", tag, kind, 1)
            tiff += struct.pack(order + ("I" if kind == 4 else "HH"), *([value] if kind == 4 else [value, 0]))
        tiff += struct.pack(order + "I", 0)
        name = f"jpeg-orientation-{orientation}.jpg"
        picture.save(FOLDER / name, quality=95, subsampling=0, exif=b"Exif\0\0" + tiff)
        keep(index, name, np.asarray(upright))
    variants = {
        "jpeg-420.jpg": (upright, {"subsampling": 2}),
        "jpeg-422.jpg": (upright, {"subsampling": 1}),
        "jpeg-progressive.jpg": (upright, {"progressive": True}),
        "jpeg-gray.jpg": (upright.convert("L"), {}),
        "jpeg-cmyk.jpg": (upright.convert("CMYK"), {}),
    }
    for name, (picture, options) in variants.items():
        picture.save(FOLDER / name, quality=95, **options)
        keep(index, name, np.asarray(Image.open(FOLDER / name).convert("RGB")))
    # The same inks without Adobe's marker are not inverted.
    content = (FOLDER / "jpeg-cmyk.jpg").read_bytes()
    start = content.index(b"\xff\xee")
    length = struct.unpack(">H", content[start + 2 : start + 4])[0]
    (FOLDER / "jpeg-cmyk-plain.jpg").write_bytes(content[:start] + content[start + 2 + length :])
    inks = 255 - np.asarray(Image.open(FOLDER / "jpeg-cmyk.jpg")).astype(int)
    keep(index, "jpeg-cmyk-plain.jpg", np.round((255 - inks[..., :3]) * (255 - inks[..., 3:]) / 255).astype(int))


def keep(index: dict, name: str, pixels: np.ndarray) -> None:
    """Notes the expected pixels of a file."""
    assert pixels.min() >= 0 and pixels.max() <= 255
    index[name] = {"width": pixels.shape[1], "height": pixels.shape[0], "offset": len(index.setdefault("", bytearray()))}
    index[""].extend(pixels.astype(np.uint8).tobytes())


def main() -> None:
    """Writes every fixture, `expected.bin` with the pixels one after another, and `index.json`."""
    index: dict = {}
    write_png_fixtures(index)
    write_jpeg_fixtures(index)
    (FOLDER / "expected.bin").write_bytes(bytes(index.pop("")))
    (FOLDER / "index.json").write_text(json.dumps(index, indent=1, sort_keys=True) + "\n")


if __name__ == "__main__":
    main()
