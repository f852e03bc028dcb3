# SPDX-License-Identifier: MIT
"""Unpacks the npm packages that tests use, as their package-lock.json pins them (npm ci without npm or its scripts).

The registry is npm's own setting: npm_config_registry, else ~/.npmrc, else the public one. Every tarball is checked against
the lock's integrity before it is unpacked, and kept below the user's cache folder for the next checkout.
"""
import base64
import concurrent.futures
import hashlib
import io
import json
import os
import shutil
import sys
import tarfile
import urllib.request

TIMEOUT = 60  # seconds for one tarball
STAMP = ".culm-lock"
NPM_LOCK = os.path.join(os.path.dirname(os.path.dirname(os.path.abspath(__file__))), "tests", "npm", "cli")
FETCHES = 4  # at once
CACHE = os.path.join(os.environ.get("XDG_CACHE_HOME") or os.path.expanduser("~/.cache"), "culm-npm")


def registry():
    url = os.environ.get("npm_config_registry")
    npmrc = os.path.expanduser("~/.npmrc")
    if not url and os.path.exists(npmrc):
        with open(npmrc, encoding="utf-8") as f:
            for line in f:
                key, _, value = line.partition("=")
                if key.strip() == "registry":
                    url = value.strip()
    return (url or "https://registry.npmjs.org").rstrip("/")


def is_pinned(data, entry):
    algorithm, _, want = entry["integrity"].partition("-")
    return base64.b64encode(hashlib.new(algorithm, data).digest()).decode() == want


def fetch(name, entry):
    """The tarball's bytes, checked."""
    kept = os.path.join(CACHE, hashlib.sha256(entry["integrity"].encode()).hexdigest() + ".tgz")
    if os.path.exists(kept):
        with open(kept, "rb") as f:
            data = f.read()
        if is_pinned(data, entry):
            return data
    url = entry.get("resolved") or f"{registry()}/{name}/-/{name.rpartition('/')[2]}-{entry['version']}.tgz"
    with urllib.request.urlopen(url, timeout=TIMEOUT) as response:
        data = response.read()
    if not is_pinned(data, entry):
        raise OSError(f"{name} {entry['version']}: not what the lock pins")
    os.makedirs(CACHE, exist_ok=True)
    part = f"{kept}.{os.getpid()}"
    with open(part, "wb") as f:
        f.write(data)
    os.replace(part, kept)
    return data


def unpack(data, target):
    with tarfile.open(fileobj=io.BytesIO(data), mode="r:gz") as archive:
        for member in archive.getmembers():
            parts = member.name.split("/")[1:]  # below the archive's one folder, most often package/
            if not member.isfile() or not parts or ".." in parts:
                continue
            path = os.path.join(target, *parts)
            os.makedirs(os.path.dirname(path), exist_ok=True)
            with open(path, "wb") as out:
                shutil.copyfileobj(archive.extractfile(member), out)
            if member.mode & 0o100:
                os.chmod(path, 0o755)


def install(folder):
    """Makes folder/node_modules what folder/package-lock.json says. OSError: the registry does not answer."""
    with open(os.path.join(folder, "package-lock.json"), "rb") as f:
        text = f.read()
    modules = os.path.join(folder, "node_modules")
    stamp = os.path.join(modules, STAMP)
    digest = hashlib.sha256(text).hexdigest()
    if os.path.exists(stamp):
        with open(stamp, encoding="utf-8") as f:
            if f.read() == digest:
                return
    shutil.rmtree(modules, ignore_errors=True)
    wanted = [(path, entry) for path, entry in sorted(json.loads(text)["packages"].items())
              if path and not any(entry.get(key) for key in ("link", "optional", "inBundle"))]

    def install_one(item):
        path, entry = item
        name = entry.get("name") or path.rpartition("node_modules/")[2]
        unpack(fetch(name, entry), os.path.join(folder, *path.split("/")))

    with concurrent.futures.ThreadPoolExecutor(FETCHES) as pool:
        list(pool.map(install_one, wanted))
    os.makedirs(modules, exist_ok=True)
    with open(stamp, "w", encoding="utf-8") as f:
        f.write(digest)


def install_npm(prefix):
    """Puts npm's own program beside an installed culm, as Node's distribution has it: make install runs this."""
    with open(os.path.join(NPM_LOCK, "package-lock.json"), encoding="utf-8") as f:
        entry = json.load(f)["packages"]["node_modules/npm"]
    target = os.path.join(prefix, "lib", "node_modules", "npm")
    data = fetch("npm", entry)
    shutil.rmtree(target, ignore_errors=True)
    unpack(data, target)
    for name in ("npm", "npx"):
        program = os.path.join("bin", f"{name}-cli.js")
        os.chmod(os.path.join(target, program), 0o755)
        link = os.path.join(prefix, "bin", name)
        if os.path.lexists(link):
            os.remove(link)
        os.symlink(os.path.join("..", "lib", "node_modules", "npm", program), link)
    print(f"npm {entry['version']}: {os.path.join(prefix, 'bin', 'npm')}")


if __name__ == "__main__":
    try:
        install_npm(sys.argv[1])
    except OSError as error:
        print(f"npm is not installed: {error}")
