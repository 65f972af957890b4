# SPDX-License-Identifier: MIT
"""Makes the configurations that are watched: those that other measurements use, with a title that a number is put into."""

import io
import re
import sys
from pathlib import Path

# At the end: modules of that folder have the names of some in this one.
sys.path.append(str(Path(__file__).resolve().parents[1] / "compare-hcl.d"))
import generate_config  # noqa: E402

SMALL = '''\
data_source "survey" {
  provider     = "postgresql"
  connection   = env("SURVEY_DB")
  health_check = "SELECT 1"
}

service "wfs" {
  title = "Survey office"
}

layer "parcels" {
  title       = "Parcels"
  data_source = data_source.survey
  table       = "parcels"
  id_field    = "gid"

  geometry {
    column = "geom"
    type   = "Polygon"
    srid   = 25832
  }

  services = [service.wfs]
}
'''
LINES = 1000
LAYER_TITLE = re.compile(r'(?<=^layer )("[^"]*" \{\n  title +=) "[^"]*"', re.MULTILINE)


class Varied:
    """A text of which there are as many as there are numbers: another title of its first layer each, of one length."""

    def __init__(self, text):
        found = LAYER_TITLE.search(text)
        self._before, self._after = text[:found.end(1)].encode(), text[found.end():].encode()

    def __call__(self, number):
        return b'%s "Title %06d"%s' % (self._before, number, self._after)


def layers(count):
    out = io.StringIO()
    generate_config.write(count, out)
    return out.getvalue()


def thousand_lines():
    """As many layers as it takes."""
    count = 1
    while layers(count).count("\n") < LINES:
        count += 1
    return layers(count)


def write_folder(folder, files):
    """A configuration of so many files: a layer in each but one. Returns the path and the text of one in the middle."""
    sources = files // 50
    common = [generate_config.HEAD, *map(generate_config.data_source, range(sources)),
              *map(generate_config.service, generate_config.SERVICES)]
    (folder / "common.hcl").write_text("".join(common), encoding="utf-8")
    for number in range(files - 1):
        (folder / f"layer-{number:04d}.hcl").write_text(generate_config.layer(number, sources), encoding="utf-8")
    return folder / f"layer-{files // 2:04d}.hcl", generate_config.layer(files // 2, sources)
