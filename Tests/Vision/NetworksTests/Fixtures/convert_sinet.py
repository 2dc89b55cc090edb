"""Converts the SINet weights that its authors released, a legacy torch file, to safetensors; needs no torch.

    convert_sinet.py SINet.pth SINet.safetensors

A legacy file is five pickles (magic number, version, system, the tensors, the keys of their storages), then each
storage as its length (8 bytes) and its little-endian elements.
"""

import json
import pickle
import struct
import sys
from collections import OrderedDict


class Reader(pickle.Unpickler):
    """Reads tensors as (storage key, offset, shape), and no other object than an ordered dictionary."""

    def find_class(self, module, name):
        if (module, name) == ("collections", "OrderedDict"):
            return OrderedDict
        if (module, name) == ("torch._utils", "_rebuild_tensor_v2"):
            return lambda storage, offset, shape, strides, *rest: (*storage, offset, shape)
        if module == "torch" and name.endswith("Storage"):
            return name
        raise pickle.UnpicklingError(f"{module}.{name} is not expected")

    def persistent_load(self, saved):
        return saved[1], saved[2]


def main() -> None:
    with open(sys.argv[1], "rb") as file:
        for _ in range(3):
            Reader(file).load()
        tensors = Reader(file).load()
        contents = {}
        kinds = {key: kind for kind, key, _, _ in tensors.values()}
        for key in Reader(file).load():
            count = struct.unpack("<q", file.read(8))[0]
            contents[key] = file.read(count * {"FloatStorage": 4, "LongStorage": 8}[kinds[key]])
    header, data = {}, b""
    for name, (kind, key, offset, shape) in tensors.items():
        if kind == "FloatStorage":
            count = 1
            for size in shape:
                count *= size
            header[name] = {"dtype": "F32", "shape": list(shape), "data_offsets": [len(data), len(data) + 4 * count]}
            data += contents[key][4 * offset:4 * (offset + count)]
    text = json.dumps(header).encode()
    with open(sys.argv[2], "wb") as file:
        file.write(struct.pack("<Q", len(text)) + text + data)


if __name__ == "__main__":
    main()
