# SPDX-License-Identifier: AGPL-3.0-or-later
# cmake -DIN=file -DOUT=file.inc -P embed.cmake: the bytes of a file as a list of C++ integers.
file(READ ${IN} hex HEX)
string(REGEX REPLACE "([0-9a-f][0-9a-f])" "0x\\1," bytes "${hex}")
file(WRITE ${OUT} "${bytes}\n")
