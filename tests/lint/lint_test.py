#!/usr/bin/env python3
# SPDX-License-Identifier: AGPL-3.0-or-later
"""Each rule finds what it is for. lint_test.py TOOL: a program that does seal and open (`candour`)."""
import sys
import unittest

import layers
import symbols
import text
import tree

ALLOWED = layers.read_layers(tree.text("cmake/Layers.cmake"))
LICENCE = "// " + text.LICENCE + "\n"
tool = ""


def layer_findings(path, *lines):
    return list(layers.findings(path, "\n".join(lines), ALLOWED))


class Layers(unittest.TestCase):
    def test_one_direction_only(self):
        self.assertFalse(layer_findings("storage/store.cpp", '#include "crypto/core/bytes.h"'))
        self.assertTrue(layer_findings("crypto/core/hash.cpp", '#include "crypto/sign/note.h"'))
        self.assertTrue(layer_findings("storage/store.cpp", '#include "server/http/request.h"'))
        self.assertTrue(layer_findings("protocol/roster.cpp", '#include "storage/store.h"'))

    def test_server_neither_seals_nor_opens_nor_evaluates(self):
        for folder in ("server", "server/http", "server/routes", "server/net", "server/process", "storage", "protocol"):
            for name in ("seal", "open", "oprf"):
                self.assertTrue(layer_findings(f"{folder}/x.cpp", f'#include "crypto/{name}/age.h"'), folder)
            self.assertTrue(layer_findings(f"{folder}/x.cpp", '#include "matching/match.h"'), folder)
        self.assertFalse(layer_findings("client-cli/open.cpp", '#include "crypto/open/age.h"'))

    def test_outside_libraries_stay_in_their_place(self):
        self.assertFalse(layer_findings("server/net/session.cpp", "#include <boost/beast/http.hpp>"))
        self.assertTrue(layer_findings("server/routes/reports.cpp", "  #  include <boost/asio.hpp>"))
        self.assertTrue(layer_findings("server/http/router.cpp", "#include <sqlcipher/sqlite3.h>"))

    def test_sql_outside_storage(self):
        self.assertTrue(layer_findings("server/routes/x.cpp", 'run("SELECT id FROM report")'))
        self.assertFalse(layer_findings("storage/x.cpp", 'run("SELECT id FROM report")'))

    def test_every_layer_of_cmake_is_known(self):
        self.assertLessEqual(set(layers.FOLDERS.values()), set(ALLOWED))
        self.assertNotIn("seal", ALLOWED["candourd"])
        self.assertNotIn("open", ALLOWED["candourd"])
        self.assertNotIn("oprf", ALLOWED["candourd"])
        self.assertNotIn("matching", ALLOWED["candourd"])


class Text(unittest.TestCase):
    def findings(self, content):
        return list(text.findings("x.cpp", content))

    def test_clean(self):
        self.assertEqual([], self.findings(LICENCE + "int x;\n"))

    def test_licence(self):
        self.assertTrue(self.findings("int x;\n"))

    def test_length(self):
        self.assertFalse(self.findings(LICENCE + "\n" * (text.LINES_MAX - 1)))
        self.assertTrue(self.findings(LICENCE + "\n" * text.LINES_MAX))

    def test_left_over(self):
        self.assertTrue(self.findings(LICENCE + "// TO" "DO later\n"))

    def test_one_machine(self):
        self.assertTrue(self.findings(LICENCE + 'auto path = "/ro' 'ot/key";\n'))
        self.assertTrue(self.findings(LICENCE + "// deb.debian" ".org\n"))


class Symbols(unittest.TestCase):
    def test_tool_is_found_out(self):
        found = "\n".join(symbols.findings(tool))
        self.assertRegex(found, "candour::seal::")
        self.assertRegex(found, "candour::open::")
        self.assertRegex(found, "crypto_kem_")

    def test_all_are_looked_for(self):
        for function in ("seal::wrap", "open::Opener::finish", "oprf::evaluate", "matching::match_companions"):
            self.assertTrue(symbols.OWN.search(f"T candour::{function}(int)"), function)

    def test_a_program_without_symbols_is_not_trusted(self):
        with self.assertRaises(ValueError):
            symbols.findings("/bin/sh")


if __name__ == "__main__":
    tool = sys.argv.pop(1)
    unittest.main()
