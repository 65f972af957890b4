# SPDX-License-Identifier: MIT
"""The manifests for Kubernetes: each by its kind's schema, and all by what they name of each other."""

import json
import shutil
import subprocess

import yaml

from workshop import FLEET, ROOT, check

HERE = ROOT / "scripts" / "check-examples.d"
MANIFESTS = ("secrets.yaml", "servers.yaml", "network.yaml", "publish.yaml")
# What a selector selects.
POD_OWNERS = ("Deployment", "Job")


def objects():
    found = []
    for name in MANIFESTS:
        found += [one for one in yaml.safe_load_all((FLEET / "kubernetes" / name).read_text(encoding="utf-8")) if one]
    return found


def named(kind, name):
    return next(one for one in objects() if one["kind"] == kind and one["metadata"]["name"].startswith(name))


def containers_of(pod):
    return [*pod.get("initContainers", []), *pod["containers"]]


def container(kind, name, part):
    return next(one for one in containers_of(named(kind, name)["spec"]["template"]["spec"]) if one["name"] == part)


def install():
    """Puts the npm packages into build/check-examples/; asks no network when they are there."""
    place = ROOT / "build" / "check-examples"
    wanted = (HERE / "package.json").read_text(encoding="utf-8")
    stamp = place / "package.json"
    if not stamp.exists() or stamp.read_text(encoding="utf-8") != wanted or not (place / "node_modules").is_dir():
        place.mkdir(parents=True, exist_ok=True)
        stamp.write_text(wanted, encoding="utf-8")
        subprocess.run(["npm", "install", "--silent", "--no-audit", "--no-fund", "--ignore-scripts"], cwd=place, check=True)
    return place / "node_modules"


def check_kinds(shop, problems):
    said = shop.run(["node", HERE / "check_kinds.js", install()], text=json.dumps(objects()))
    problems += json.loads(said)


def check_pod(owner, pod, problems):
    """That volumes, Secrets, ConfigMaps and ports that a pod names are there."""
    name = owner["metadata"]["name"]
    there = {kind: {one["metadata"]["name"] for one in objects() if one["kind"] == kind} for kind in ("Secret", "ConfigMap")}
    volumes = {one["name"] for one in pod.get("volumes", [])}
    wanted = {("ConfigMap", one["configMap"]["name"]) for one in pod.get("volumes", []) if "configMap" in one}
    used = set()
    for one in containers_of(pod):
        used |= {mount["name"] for mount in one.get("volumeMounts", [])}
        wanted |= {("Secret", source["secretRef"]["name"]) for source in one.get("envFrom", []) if "secretRef" in source}
        ports = {port["name"] for port in one.get("ports", [])}
        for probe in ("startupProbe", "readinessProbe", "livenessProbe"):
            port = one.get(probe, {}).get("httpGet", {}).get("port")
            if port is not None and port not in ports:
                problems.append(f"{name}: {one['name']}: {probe} asks a port `{port}` that there is not")
    problems += [f"{name}: there is no {kind} `{one}`" for kind, one in sorted(wanted) if one not in there[kind]]
    problems += [f"{name}: volume `{one}` is named on one side only" for one in sorted(volumes ^ used)]


def check_selectors(problems):
    pods = [one["spec"]["template"]["metadata"]["labels"] for one in objects() if one["kind"] in POD_OWNERS]
    ports = {port["name"] for one in objects() if one["kind"] in POD_OWNERS
             for part in containers_of(one["spec"]["template"]["spec"]) for port in part.get("ports", [])}
    for one in objects():
        spec = one.get("spec", {})
        selectors = [spec.get("podSelector", {}).get("matchLabels"), spec.get("selector")]
        for selector in selectors:
            labels = (selector or {}).get("matchLabels", selector)
            if labels and not any(labels.items() <= pod.items() for pod in pods):
                problems.append(f"{one['kind']} {one['metadata']['name']}: no pod has the labels {labels}")
        rules = [port for rule in spec.get("ingress", []) for port in rule.get("ports", [])]
        names = [port["port"] for port in rules] + [port["targetPort"] for port in spec.get("ports", [])]
        problems += [f"{one['metadata']['name']}: no container has a port `{name}`" for name in names
                     if isinstance(name, str) and name not in ports]


def run(shop):
    check(shutil.which("node") and shutil.which("npm"), "`node` or `npm` is not installed")
    problems = []
    check_kinds(shop, problems)
    for one in objects():
        if one["kind"] not in POD_OWNERS:
            continue
        pod = one["spec"]["template"]["spec"]
        check_pod(one, pod, problems)
        for part in containers_of(pod):
            if part["image"].startswith("example.org/honua:"):
                problems += shop.problems_of(part["args"], f"{one['metadata']['name']}: {part['name']}")
    check_selectors(problems)
    probes = {probe: container("Deployment", "honua", "watch")[probe]["httpGet"]["path"]
              for probe in ("startupProbe", "readinessProbe", "livenessProbe")}
    if probes != {"startupProbe": "/readyz", "readinessProbe": "/readyz", "livenessProbe": "/healthz"}:
        problems.append(f"the sidecar's probes ask for {probes}")
    configuration = shop.folder / "job.hcl"
    configuration.write_text(named("ConfigMap", "honua-configuration")["data"]["honua.hcl"], encoding="utf-8")
    shop.run([shop.honua, "validate", configuration])
    check(not problems, "\n".join(problems))
    return f"{len(objects())} objects"
