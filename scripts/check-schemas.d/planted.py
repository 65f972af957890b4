# SPDX-License-Identifier: MIT
"""Documents with and without one structural fault, made from the block reference (`honua schema blocks --format json`).

Every attribute of every block and service type is met: once with a value that it may have, and once with each fault
that it can have."""

import copy

DATA_SOURCE = {"provider": "postgresql", "connection": '${env("DATABASE_URL")}'}
LAYER = {"title": "Roads", "data_source": "db", "table": "public.roads", "id_field": "id", "services": ["ogc_api"]}
BASE = {
    "honua": {"version": "1.0"},
    "data_source": {"db": DATA_SOURCE},
    "service": {"ogc_api": {}},
    "layer": {"roads": LAYER},
    "cache": {"memory": {"type": "memory"}},
}
LABELS = {"data_source": "db", "service": "ogc_api", "layer": "roads", "cache": "memory"}
# What an object needs besides its own required attributes so that it counts.
AROUND = {
    ("attachment_storage",): {"provider": "s3", "s3": {"bucket_name": "files"}},
    ("attachment_storage", "s3"): {"provider": "s3"},
    ("attachment_storage", "azure"): {"provider": "azureblob"},
    ("attachment_storage", "gcs"): {"provider": "gcs"},
}
REFERENCES = {"data_source": "db", "service": "ogc_api", "layer": "roads", "cache": "memory"}
# Texts that are not free, though the tables say no more.
WORDS = {"type": "ogc_api"}
WRONG = {"string": 5, "boolean": "x", "integer": "5", "number": "x", "string_list": "x", "reference": 5,
         "reference_list": "x", "object": 5, "object_map": 5, "string_map": 5}


def kind_of(one):
    """The type of an attribute. A service's `settings` have another table for each type of service."""
    return "object" if one["name"] == "settings" and one["type"] == "any" else one["type"]


def required_of(attributes):
    return {one["name"]: sample(one) for one in attributes if one["required"]}


def sample(one):
    """A value that the attribute may have."""
    kind = kind_of(one)
    word = (one.get("values") or [WORDS.get(one["name"], "x")])[0]
    return {
        "any": lambda: "x", "string": lambda: one.get("default", word), "boolean": lambda: True,
        "integer": lambda: one.get("default", one.get("minimum", 4326)), "number": lambda: one.get("minimum", 1),
        "string_list": lambda: [word], "reference": lambda: REFERENCES[one["target"]],
        "reference_list": lambda: [REFERENCES[one["target"]]], "object": lambda: required_of(one.get("attributes", [])),
        "object_map": lambda: {"one": required_of(one["attributes"])}, "string_map": lambda: {"one": "warning"},
    }[kind]()


def faults(one):
    """(what, value) for everything that an attribute cannot be."""
    kind = kind_of(one)
    if kind in WRONG:
        yield "wrong type", WRONG[kind]
    if kind in ("string_list", "reference_list"):
        yield "wrong element", [5]
    if kind == "integer":
        yield "fraction", 1.5
    for bound, step in (("minimum", -1), ("maximum", 1)):
        if bound in one:
            yield "beyond " + bound, one[bound] + step
    if kind == "string" and one.get("values_are_all"):
        yield "no such word", "no such word"
    if one["required"]:
        yield "null", None


def place(block, path, body):
    """The base with the block's object at `path` as given."""
    document = copy.deepcopy(BASE)
    label = LABELS.get(block["name"], "one")
    around = document.get(block["name"], {})
    whole = copy.deepcopy((around.get(label, {}) if block["labelled"] else around) or required_of(block["attributes"]))
    whole.update(copy.deepcopy(AROUND.get((block["name"], *path[:1]), {})))
    at = whole
    for name in path:
        at = at.setdefault(name, {})
    at.update(body)
    for name in [name for name, value in at.items() if value is ...]:
        del at[name]
    if block["labelled"]:
        document.setdefault(block["name"], {})[label] = whole
    else:
        document[block["name"]] = whole
    return document


def of_object(block, path, attributes, is_open):
    """(name, document, whether it is valid) for an object and everything in it."""
    where = ".".join((block["name"], *path))
    needed = required_of(attributes)
    for one in attributes:
        name = f"{where}.{one['name']}"
        yield name, place(block, path, {**needed, one["name"]: sample(one)}), True
        yield name + ": expression", place(block, path, {**needed, one["name"]: '${env("UNSET")}'}), True
        for what, value in faults(one):
            yield f"{name}: {what}", place(block, path, {**needed, one["name"]: value}), False
        if one.get("values_are_all") and one["type"] == "string":
            yield f"{name}: other case", place(block, path, {**needed, one["name"]: one["values"][0].swapcase()}), \
                not one["case_matters"]
        if one["required"]:
            yield f"{name}: missing", place(block, path, {**needed, one["name"]: ...}), False
        if one["type"] == "object":
            yield from of_object(block, (*path, one["name"]), one["attributes"], False)
        elif one["type"] == "object_map":
            yield from of_object(block, (*path, one["name"], "one"), one["attributes"], False)
    if not is_open:
        yield f"{where}: unknown name", place(block, path, {**needed, "no_such_name": 1}), False


def of_service_type(service):
    for one in service["attributes"]:
        def document(value, name=one["name"]):
            made = copy.deepcopy(BASE)
            made["service"][service["id"]] = {name: value}
            return made
        name = f"service of type {service['id']}: {one['name']}"
        yield name, document(sample(one)), True
        for what, value in faults(one):
            yield f"{name}: {what}", document(value), False


def documents(reference):
    yield "the base", BASE, True
    for block in reference["blocks"]:
        yield from of_object(block, (), block["attributes"], block["name"] in ("service", "import"))
    for service in reference["service_types"]:
        yield from of_service_type(service)
